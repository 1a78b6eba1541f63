"""Deciding many flags fast and safely: triage mode, batches, prefetched pictures."""
