"""The lists: what the cases of one state say, kept in SQLite, outside the records."""
