"""Oxigraph, and the workers that run queries from outside."""
