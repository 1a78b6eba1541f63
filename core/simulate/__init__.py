"""Defects made on purpose in clean media, with exact truth; and the sample title."""
