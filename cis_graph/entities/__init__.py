"""Merged values, derived links, areas and dates."""
