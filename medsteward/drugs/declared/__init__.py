"""What each drug is, a module a theme."""
