"""Dispensing records to fills."""
