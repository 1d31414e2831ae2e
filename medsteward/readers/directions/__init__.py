"""Directions as written to products and sigs."""
