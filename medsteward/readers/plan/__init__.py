"""Saved plans, schedules and products as files."""
