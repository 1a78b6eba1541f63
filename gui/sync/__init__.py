"""Lip sync on the desk: faces with their verdicts, badge, strip, tolerance and nudge."""
