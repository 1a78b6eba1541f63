"""Choosing what to ask next, from what the store holds; no media are opened."""
