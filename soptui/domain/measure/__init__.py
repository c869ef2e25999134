"""The figures: indicators, exact arithmetic on what sections report, and the tables made of it."""
