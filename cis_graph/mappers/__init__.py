"""One file for each contributor's source; found by folder."""
