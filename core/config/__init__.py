"""One table of settings, one of paths."""
