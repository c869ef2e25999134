"""The form of an action for the case at hand: its choices, drafts of it, and reading it back."""
