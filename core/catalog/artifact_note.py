"""What the tracks of signal-processing detectors say where the network hears an artifact."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from core.domain.finding import Band
from core.domain.time import Span
from core.domain.track import Track

Columns = Mapping[str, NDArray[np.floating]]

MULTIPLES = 8
_MAINS = Band(50.0, 60.0 * MULTIPLES)
_HISS = Band(4000.0, 20_000.0)
_QUIETEST_DB = -119.0


def measured_there(artifact: str, track: Track | None, span: Span) -> tuple[str, Band | None]:
    """A sentence of what was measured within a span, and the band to look at.

    Args:
        artifact: `hum`, `hiss`, `distortion` or `clicks`.
        track: Of the detector that measures the same (hum, hiss, clipping, clicks); None where
            there is none.
        span: When.

    Returns:
        The sentence with a space before it, empty where nothing was measured; and where in the
        spectrum the artifact lies, None where it has no place there.
    """
    sentence, band = "", {"hum": _MAINS, "hiss": _HISS}.get(artifact)
    if track is not None:
        inside = (track.ends_s > span.start_s) & (track.starts_s < span.end_s)
        if inside.any():
            columns = {name: values[inside] for name, values in track.metrics.items()}
            sentence, band = _SAID[artifact](columns, span.duration_s)
    return (f" {sentence}" if sentence else ""), band


def _hum(columns: Columns, _length_s: float) -> tuple[str, Band]:
    standing = columns["lines"] >= 1
    if 2 * np.count_nonzero(standing) < len(standing):
        return "No line of the mains stands out by itself.", _MAINS
    hertz = float(np.median(columns["hz"][standing]))
    count = max(round(float(np.median(columns["lines"][standing]))), 1)
    above = float(np.median(columns["prominence_db"][standing]))
    multiples = "" if count == 1 else f" and {count - 1} of its multiples"
    return (
        f"A line at {hertz:.1f} Hz{multiples}, {above:.0f} dB above what is beside it.",
        Band(hertz, hertz * MULTIPLES),
    )


def _hiss(columns: Columns, _length_s: float) -> tuple[str, Band]:
    level = float(np.median(columns["level_db"]))
    if level <= _QUIETEST_DB:
        return "", _HISS
    return f"The noise floor above 4 kHz lies at {level:.0f} dBFS.", _HISS


def _distortion(columns: Columns, _length_s: float) -> tuple[str, None]:
    share = float(columns["clipped_pct"].max())
    if share <= 0:
        return "No flat tops.", None
    return f"At worst {share:.2g} % of the samples lie in flat tops.", None


def _clicks(columns: Columns, length_s: float) -> tuple[str, None]:
    count = int(columns["clicks"].sum())
    if count == 0:
        return "No single click stands out.", None
    return f"{count} stand out by themselves, {count / max(length_s, 0.1):.1f} a second.", None


_SAID: Mapping[str, Callable[[Columns, float], tuple[str, Band | None]]] = {
    "hum": _hum,
    "hiss": _hiss,
    "distortion": _distortion,
    "clicks": _clicks,
}
