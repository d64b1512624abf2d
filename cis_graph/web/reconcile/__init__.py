"""The Reconciliation Service API, 0.2 and the draft of 1.0: names of somebody's list to our entities."""
