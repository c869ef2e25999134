"""The office's shared repository: made, checked, and the keys that may reach it."""
