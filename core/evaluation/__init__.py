"""Measuring the measurers: findings against truth, false alarms, and FFmpeg on the same files."""
