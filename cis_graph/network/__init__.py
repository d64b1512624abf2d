"""The network of cooperation as tables: made at release, asked with any filter, measured, laid out, exported."""
