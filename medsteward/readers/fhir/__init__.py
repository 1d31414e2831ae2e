"""FHIR R4 resources to cases: what is taken, how, and on which days, each with its place in the resource."""
