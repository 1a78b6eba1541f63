"""Scopes and meters: panes of a dock beside the picture, and what they draw over it."""
