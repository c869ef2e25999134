"""The editors of a form's fields: text, choices, files."""
