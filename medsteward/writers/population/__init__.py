"""Answers about populations, written."""
