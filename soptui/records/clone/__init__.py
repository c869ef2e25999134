"""One officer's clone: its repository, trust, working tree and settings."""
