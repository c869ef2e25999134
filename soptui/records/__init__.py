"""How the office's records are kept: canonical TOML, signed, in Git."""
