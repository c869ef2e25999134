"""What every screen of the office has: its frame, lists, dialogs, signing, saving."""
