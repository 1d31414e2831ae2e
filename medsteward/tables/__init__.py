"""Published conversion factors: the tables, their checks, where they lie and how two of them differ."""
