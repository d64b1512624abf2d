"""The small language mappers are written in."""
