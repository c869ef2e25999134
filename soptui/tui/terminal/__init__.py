"""The terminal: sends only the cells that changed, in its colours and its characters."""
