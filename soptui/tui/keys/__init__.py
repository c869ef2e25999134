"""The commands of every screen, their keys, and keys typed ahead."""
