"""A new trial: asked, chosen, dated, measured, decided."""
