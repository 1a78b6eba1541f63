"""Comparing: two files locked by time stamp, and the findings of two analyses."""
