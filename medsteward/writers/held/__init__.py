"""A schedule checked against a policy."""
