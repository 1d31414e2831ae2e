"""The nouns of medsteward, frozen and exact: units, amounts, products, directions, regimens, problems, sources."""
