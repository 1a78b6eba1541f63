"""Spot checks on screen: planning a draw, and looking at its clips without detectors' opinion."""
