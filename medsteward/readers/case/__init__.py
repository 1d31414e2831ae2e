"""Case files and their parts to cases."""
