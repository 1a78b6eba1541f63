"""Dialogs: settings, shortcuts, profile, timecode, error details, about."""
