"""A case as JSON and FHIR."""
