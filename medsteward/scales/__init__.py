"""Clinical scales as scoring functions: items in, total and band out. Item texts of owned scales are not shipped."""
