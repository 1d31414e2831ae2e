"""A saved plan: as it stands on a day, and changed."""
