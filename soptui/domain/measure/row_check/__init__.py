"""Whether reported rows are right: what binds, and what the desk asks before they are signed."""
