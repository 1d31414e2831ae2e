"""What a regimen needs besides a number: bowel regimen, naloxone, monitoring; what to offer, when, and why."""
