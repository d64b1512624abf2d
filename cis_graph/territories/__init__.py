"""The gazetteer of French territories and the resolver of places."""
