"""What is known: drugs, tables, matching, scores."""
