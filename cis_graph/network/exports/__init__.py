"""A network as it is shown, in the forms other tools read; the same network gives the same bytes."""
