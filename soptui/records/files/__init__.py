"""What each file and commit of the records looks like: paths, canonical TOML, readers, writers."""
