"""Medicines whose mechanism fits a kind of pain."""
