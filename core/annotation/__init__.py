"""Masks over video: classes, versions, clicks and exchange. Knows no torch."""
