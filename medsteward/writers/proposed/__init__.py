"""What a proposed order changes."""
