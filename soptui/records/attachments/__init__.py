"""The text of attached files, taken out by a process of its own."""
