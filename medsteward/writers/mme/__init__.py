"""MME reports."""
