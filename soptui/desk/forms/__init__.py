"""What each action asks: fields, the form for the case at hand, drafts, and reading it back."""
