"""The wall of channels: what is watched live, and what happened there."""
