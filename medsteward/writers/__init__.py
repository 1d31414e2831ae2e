"""Results to bytes or text. Writers decide nothing: every number they print is in the result."""
