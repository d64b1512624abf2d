"""Fetching, reading and keeping what sources hand over."""
