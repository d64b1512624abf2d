"""The network on the web: filters, pages and data twins."""
