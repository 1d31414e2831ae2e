"""A new taper: who, from what, down to what, beside what."""
