"""Working time: calendars, norm times against it, what is due, what was in time."""
