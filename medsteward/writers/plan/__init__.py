"""Plans for clinician and pharmacy, calendars, files."""
