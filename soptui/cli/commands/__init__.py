"""The commands, one module a subject, each with a table `COMMANDS` of what it offers by name."""
