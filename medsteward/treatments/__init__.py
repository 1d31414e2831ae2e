"""What may be offered: for pain, against withdrawal, as an opioid trial."""
