"""CDS Hooks 2.0: what a record sends at a hook, held against what is proposed, and the cards that come back."""
