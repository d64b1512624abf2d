"""SHACL shapes, reports in French, quality."""
