"""The text index over names."""
