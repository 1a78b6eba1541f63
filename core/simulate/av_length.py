"""A/V length: sound or picture ends before the other."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av

from core.domain.errors import KnownError
from core.media.source import open_container
from core.simulate.retime import retime_packets
from core.simulate.truth import Truth

_SHORT_S = (0.2, 5.0)
_LONG_S = (2.2, 8.0)
_SHORTEST_S = Fraction(1, 2)


class StreamCut:
    """Takes the last packets off a stream.

    `short` takes them off the sound, .2 s at severity 0 and 5 s at 1; `long` off the pictures,
    2.2 s and 8 s, so that the sound goes on alone. Half a second is always left.
    """

    VARIANTS = ("short", "long")
    WHOLE = True

    def __call__(
        self,
        path: Path,
        out: Path,
        spans: Sequence[tuple[float, float]] = (),
        severity: float = 1.0,
        seed: int = 0,
        *,
        stream_index: int | None = None,
        variant: str = "",
    ) -> Truth:
        """Write a copy whose sound and pictures do not end together.

        Args:
            path: Encoded file with pictures and sound.
            out: The copy; may be `path` itself.
            spans: Not looked at: the end of a title is where it is.
            severity: 0..1.
            seed: Not looked at: nothing is left to chance.
            stream_index: Which stream is cut; None takes the first of its kind.
            variant: One of `VARIANTS`.

        Returns:
            The stretch in which one of the two is missing.

        Raises:
            KnownError: The file cannot be read or written, or lacks pictures or sound.
        """
        variant = variant or self.VARIANTS[0]
        severity = min(max(severity, 0.0), 1.0)
        mild, strong = _SHORT_S if variant == "short" else _LONG_S
        index, start, end = _stream(path, "audio" if variant == "short" else "video", stream_index)
        wanted = Fraction(mild + (strong - mild) * severity)
        limit = max(end - wanted, min(start + _SHORTEST_S, end))
        over = False
        kept_end = start

        def retime(number: int, shown: Fraction) -> Fraction | None:
            nonlocal over, kept_end
            if number != index:
                return shown
            # What follows in the order of decoding may need what is gone.
            over = over or shown >= limit
            if over:
                return None
            kept_end = max(kept_end, shown)
            return shown

        retime_packets(path, out, retime)
        _, _, left = _stream(out, "audio" if variant == "short" else "video", stream_index)
        return Truth(
            "av_length",
            ((float(left), float(end)),),
            severity,
            seed,
            {"missing_ms": round(1000 * float(end - left))},
            variant,
        )


def _stream(path: Path, kind: str, wanted: int | None) -> tuple[int, Fraction, Fraction]:
    """Index, start and end of a stream, in seconds."""
    with open_container(path) as container:
        streams = [s for s in container.streams if s.type == kind]
        found = [s for s in streams if wanted in (None, s.index)] or streams
        if not found or not (container.streams.video and container.streams.audio):
            raise KnownError(f"{path.name} needs pictures and sound to end apart.")
        stream, index = found[0], found[0].index
        shown = [
            (p.pts * Fraction(p.time_base or 1), (p.duration or 0) * Fraction(p.time_base or 1))
            for p in container.demux(stream)
            if p.pts is not None and isinstance(p, av.Packet)
        ]
    if not shown:
        raise KnownError(f"{path.name} has a stream without packets.")
    return index, min(at for at, _ in shown), max(at + length for at, length in shown)
