"""What is known of the patient, and what may be asked of it."""
