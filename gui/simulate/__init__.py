"""The panel that damages a stretch of the open title on purpose."""
