"""What tapers and trials share."""
