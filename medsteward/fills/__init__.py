"""Dispensing records: MME by calendar day, the definitions of daily MME, overlaps, early refills, measures."""
