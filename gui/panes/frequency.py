"""Frequencies in words."""

from __future__ import annotations


def frequency_text(frequency_hz: float) -> str:
    """A frequency in few characters: `50`, `2k`, `12.5k`."""
    if frequency_hz < 1000:
        return f"{frequency_hz:.0f}"
    return f"{frequency_hz / 1000:.3g}k"


def hertz_text(frequency_hz: float) -> str:
    """A frequency with its unit: `50 Hz`, `2.2 kHz`, `16 kHz`."""
    if frequency_hz < 999.5:
        return f"{frequency_hz:.0f} Hz"
    digits = 1 if frequency_hz < 9950 else 0
    return f"{frequency_hz / 1000:.{digits}f} kHz"
