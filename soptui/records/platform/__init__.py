"""The machine beneath: private files, plain reads, limits, and programs that are started."""
