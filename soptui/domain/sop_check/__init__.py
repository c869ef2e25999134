"""Every defect of an SOP, with its row."""
