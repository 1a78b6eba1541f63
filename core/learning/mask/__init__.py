"""Masks learned on the very video that they belong to: network, rounds, what to ask next."""
