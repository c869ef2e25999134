"""Saying on the line only what changed: frames read, cells compared, differences written."""
