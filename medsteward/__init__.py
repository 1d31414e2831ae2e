"""Medication stewardship in pain care."""
