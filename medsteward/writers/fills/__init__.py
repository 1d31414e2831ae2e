"""Dispensing records and what was counted from them."""
