"""Findings, and the rules in words."""
