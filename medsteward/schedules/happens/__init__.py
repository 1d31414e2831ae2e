"""What may happen to a plan: one declaration for each kind of event, in ``index.py``."""
