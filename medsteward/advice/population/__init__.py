"""What is reported of a population, and which counts are hidden."""
