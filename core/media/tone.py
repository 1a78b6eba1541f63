"""Tone curves that bring HDR signals to a standard screen.

One table a transfer function, applied to each of R, G and B: cheap enough for playing. Colours of
the BT.2020 gamut come out somewhat pale, which does not matter for finding defects.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

_PQ = 16
_HLG = 18
_REFERENCE_WHITE_NITS = 203.0
_PEAK_NITS = 1000.0


@cache
def tone_curve(transfer: int) -> NDArray[np.uint8] | None:
    """The table from 16-bit code to 8-bit code for a transfer function.

    Diffuse white of 203 cd/m² (ITU-R BT.2408) lands at three quarters of the screen's light and
    everything above rolls off towards 1000 cd/m² (extended Reinhard), then BT.1886's inverse.

    Args:
        transfer: FFmpeg's AVColorTransferCharacteristic.

    Returns:
        uint8, shape (65536,), or None when the signal is not HDR.
    """
    code = np.linspace(0.0, 1.0, 65536)
    if transfer == _PQ:
        nits = pq_to_nits(code)
    elif transfer == _HLG:
        nits = hlg_to_nits(code)
    else:
        return None
    light = nits / _REFERENCE_WHITE_NITS
    peak = _PEAK_NITS / _REFERENCE_WHITE_NITS
    # Extended Reinhard, with exposure chosen so that diffuse white gives about 0.75.
    light, peak = light * 2.0, peak * 2.0
    mapped = np.clip(light * (1.0 + light / peak**2) / (1.0 + light), 0.0, 1.0)
    return np.asarray(np.rint(mapped ** (1 / 2.4) * 255.0), dtype=np.uint8)


def pq_to_nits(code: NDArray[np.float64]) -> NDArray[np.float64]:
    """The PQ EOTF of SMPTE ST 2084: code 0..1 to cd/m²."""
    m1, m2 = 2610 / 16384, 2523 / 4096 * 128
    c1, c2, c3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
    root = code ** (1 / m2)
    return np.asarray(10000.0 * (np.maximum(root - c1, 0.0) / (c2 - c3 * root)) ** (1 / m1))


def hlg_to_nits(code: NDArray[np.float64]) -> NDArray[np.float64]:
    """HLG (ARIB STD-B67) to cd/m² on a 1000 cd/m² screen, the system gamma 1.2 a channel."""
    a = 0.17883277
    b, c = 1 - 4 * a, 0.5 - a * np.log(4 * a)
    scene = np.where(code <= 0.5, code**2 / 3, (np.exp((code - c) / a) + b) / 12)
    return np.asarray(1000.0 * scene**1.2)
