"""Outside to model: directions as written, cases in TOML and JSON. Readers return what they understood and problems."""
