"""Answers to one case: MME, findings, reminders, the review of all three."""
