"""A mapper drafted from a sample: what the file is, what its columns are, and the code that reads them."""
