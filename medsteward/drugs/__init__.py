"""Every drug, combination and product we know, one module per clinical theme."""
