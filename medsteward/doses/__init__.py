"""Regimens to daily amounts of each ingredient: scheduled, expected, maximum."""
