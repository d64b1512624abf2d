"""Who is the same as whom; the ledger of keys."""
