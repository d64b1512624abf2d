"""Contributors' labels to concepts of the schemes."""
