"""Plans: how fast a dose may change, what can be dispensed, on which days; a base and what happened to it."""
