"""Records, identifiers and the protocols that stations speak: no I/O, no RDF."""
