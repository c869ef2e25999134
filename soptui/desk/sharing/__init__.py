"""Records shared with others: sync, hub and flash disk, and what came of it in sentences."""
