"""Codes of releases that the user brings."""
