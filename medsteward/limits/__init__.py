"""Published dose limits: what they are, whom they are for, and where they stand."""
