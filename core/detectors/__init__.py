"""The measuring halves of the detectors: one file each."""
