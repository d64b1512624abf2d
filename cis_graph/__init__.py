"""The linked-data backend of the Carrefour des innovations sociales."""

__version__ = "0.1.0"
