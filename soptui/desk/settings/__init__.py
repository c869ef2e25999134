"""What one officer has set: configuration, screen, saved filters, and crash files."""
