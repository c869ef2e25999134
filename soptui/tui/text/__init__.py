"""Text made ready for a line of the terminal: joined, shortened, phrased."""
