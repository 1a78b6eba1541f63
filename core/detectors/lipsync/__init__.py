"""The stages of lip sync, each usable alone."""
