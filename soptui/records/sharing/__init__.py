"""Between clones: sync, merges, bundles on a flash disk, checkpoints, joining."""
