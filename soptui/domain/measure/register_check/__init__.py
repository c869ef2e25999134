"""Whether a register of indicators is right, and how one version differs from another."""
