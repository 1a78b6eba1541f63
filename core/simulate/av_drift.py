"""A/V drift: the time stamps of the sound run at another pace than its samples."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from core.domain.errors import KnownError
from core.media.source import open_container
from core.simulate.retime import retime_packets
from core.simulate.truth import Truth

_LEAST_S, _MOST_S = 0.06, 1.0
_STEEPEST = Fraction(9, 10)


class SoundDrift:
    """Moves the time stamps of the sound, by 60 ms in all at severity 0 and 1 s at 1.

    `slow` stretches time: the samples fall behind their time stamps little by little; `fast`
    squeezes it; `step` moves all from the beginning of the stretch on back at once.
    """

    VARIANTS = ("slow", "fast", "step")

    def __call__(
        self,
        path: Path,
        out: Path,
        spans: Sequence[tuple[float, float]],
        severity: float = 1.0,
        seed: int = 0,
        *,
        stream_index: int | None = None,
        variant: str = "",
    ) -> Truth:
        """Write a copy whose sound drifts in some stretches, and stays where it came to.

        Args:
            path: Encoded file with sound.
            out: The copy; may be `path` itself.
            spans: Start and end in seconds, in order.
            severity: 0..1.
            seed: Not looked at: nothing is left to chance.
            stream_index: Which sound stream; None takes the first.
            variant: One of `VARIANTS`.

        Returns:
            The stretches in which the pace is wrong.

        Raises:
            KnownError: The file cannot be read or written, or has no sound.
        """
        variant = variant or self.VARIANTS[0]
        severity = min(max(severity, 0.0), 1.0)
        index = _sound(path, stream_index)
        total = Fraction(_LEAST_S + (_MOST_S - _LEAST_S) * severity)

        def retime(number: int, shown: Fraction) -> Fraction:
            if number != index:
                return shown
            return shown + sum(
                (_moved(shown, Fraction(a), Fraction(b), total, variant) for a, b in spans),
                Fraction(0),
            )

        retime_packets(path, out, retime)
        return Truth(
            "av_drift",
            tuple(spans),
            severity,
            seed,
            {"drift_ms": round(1000 * float(total if variant == "slow" else -total))},
            variant,
        )


def _moved(shown: Fraction, start: Fraction, end: Fraction, total: Fraction, how: str) -> Fraction:
    if shown < start:
        return Fraction(0)
    if how == "step":
        return -total
    # Squeezed time still goes forward.
    most = min(total, (end - start) * _STEEPEST)
    part = min((shown - start) / (end - start), Fraction(1))
    return most * part if how == "slow" else -most * part


def _sound(path: Path, wanted: int | None) -> int:
    with open_container(path) as container:
        for stream in container.streams.audio:
            if wanted in (None, stream.index):
                return stream.index
    raise KnownError(f"{path.name} has no sound that could drift.")
