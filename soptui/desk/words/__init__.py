"""What people read of a case, an event, an SOP and an office, in their language."""
