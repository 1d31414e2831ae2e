"""The version of medsteward, written once, here. Imports nothing, so that reading it costs nothing."""

__version__ = "0.1.0"
