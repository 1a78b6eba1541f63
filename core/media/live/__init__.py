"""Streams without an end: opening, reading, decoding, and keeping the last hours on the disk."""
