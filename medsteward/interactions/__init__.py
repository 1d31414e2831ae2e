"""Interactions and hazards of a regimen: small words, rules made of them, and what they find in a case."""
