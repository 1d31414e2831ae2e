"""Daily dose to MME per day, with its working shown."""
