"""IRIs, the JSON-LD context to quads, provenance."""
