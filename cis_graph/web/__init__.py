"""One module a feature of what is served over HTTP."""
