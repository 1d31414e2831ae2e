"""Joins the parts into what a person asked for."""
