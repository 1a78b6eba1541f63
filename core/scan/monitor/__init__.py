"""Watching channels: rolling analysis, the ring and its clips, alerts, figures."""
