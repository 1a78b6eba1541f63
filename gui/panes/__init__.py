"""Panes on the shared time axis: waveform, spectrogram, ruler, and what they have in common."""
