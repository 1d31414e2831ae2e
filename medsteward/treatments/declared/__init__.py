"""What may be offered, a declaration each, a module a theme."""
