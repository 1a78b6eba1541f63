"""What one pass over the packets tells: where every picture is, and where a decoder may start."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.jobs.progress import CancelToken
from core.media.source import open_container, packets_of, stream_of

NO_PTS = np.iinfo(np.int64).min
"""Stands for a time stamp that a packet lacks."""

_FALLBACK_RATE = Fraction(25)


@dataclass(frozen=True, slots=True, eq=False)
class PacketIndex:
    """All packets of one picture stream, in decode order.

    Attributes:
        stream: Container index.
        base: Seconds per PTS unit.
        pts: int64 (n,), when the packet's picture shows; `NO_PTS` where it shows none of its own
            (a second field, a picture that an edit list hides). Made up when `counted`.
        raw_pts: int64 (n,), what the container stamps, or `NO_PTS`.
        dts: int64 (n,), decoding time or `NO_PTS`.
        pos: int64 (n,), byte position in the file or −1.
        key: bool (n,), a decoder may start here.
        counted: The container stamps no pictures: they are told apart by the number of their
            packet, and times follow from their order and the rate (or the decoding times).
        nominal_pts: Usual distance between pictures in PTS units, at least 1.
        frame_pts: int64 (m,), times of all pictures, strictly increasing.
        starts: int64 (k,), packet numbers of key packets by increasing `pts`.
    """

    stream: int
    base: Fraction
    pts: NDArray[np.int64]
    raw_pts: NDArray[np.int64]
    dts: NDArray[np.int64]
    pos: NDArray[np.int64]
    key: NDArray[np.bool_]
    counted: bool
    nominal_pts: int
    frame_pts: NDArray[np.int64] = field(init=False)
    starts: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        shown = np.unique(self.pts[self.pts != NO_PTS])
        keys = np.flatnonzero(self.key & (self.pts != NO_PTS))
        object.__setattr__(self, "frame_pts", shown)
        object.__setattr__(self, "starts", keys[np.argsort(self.pts[keys], kind="stable")])

    def __len__(self) -> int:
        return len(self.pts)

    @classmethod
    def build(cls, path: Path, stream_index: int, cancel: CancelToken | None = None) -> PacketIndex:
        """Read all packets of a stream once.

        A stream without time stamps is decoded once as well, as fast as that goes, to learn the
        order in which its pictures show.

        Raises:
            KnownError: The file cannot be read or has no such stream.
            CancelledError: `cancel` was raised.
        """
        pts: list[int] = []
        raw: list[int] = []
        dts: list[int] = []
        pos: list[int] = []
        key: list[bool] = []
        with open_container(path) as container:
            stream = stream_of(container, stream_index, av.VideoStream, path)
            base = Fraction(stream.time_base or Fraction(1, 90000))
            rate = Fraction(stream.guessed_rate or stream.average_rate or _FALLBACK_RATE)
            with suppress(FFmpegError):  # What lies behind unreadable damage is lost to all.
                for packet in packets_of(container, stream):
                    if cancel is not None and len(pts) % 256 == 0:
                        cancel.check()
                    if packet.size == 0:
                        continue
                    stamp = NO_PTS if packet.pts is None else packet.pts
                    raw.append(stamp)
                    pts.append(NO_PTS if packet.is_discard else stamp)
                    dts.append(NO_PTS if packet.dts is None else packet.dts)
                    pos.append(-1 if packet.pos is None else packet.pos)
                    key.append(packet.is_keyframe)
        if not pts:
            raise KnownError(f"{path.name} holds no pictures in stream {stream_index}.")
        stamps = np.array(pts, np.int64)
        decode = np.array(dts, np.int64)
        # Second fields and hidden pictures lack a stamp of their own; more than half is no system.
        counted = bool(np.mean(stamps == NO_PTS) > 0.6)
        nominal = max(round(1 / rate / base), 1)
        if counted:
            stamps = _count_times(path, stream_index, decode, nominal, cancel)
        index = cls(
            stream=stream_index,
            base=base,
            pts=stamps,
            raw_pts=np.array(raw, np.int64),
            dts=decode,
            pos=np.array(pos, np.int64),
            key=np.array(key, np.bool_),
            counted=counted,
            nominal_pts=nominal,
        )
        if not len(index.frame_pts):
            raise KnownError(f"{path.name} holds no pictures in stream {stream_index}.")
        return index

    def floor(self, pts: int) -> int:
        """Time of the picture on screen at `pts`; of the first one before that."""
        at = int(np.searchsorted(self.frame_pts, pts, side="right")) - 1
        return int(self.frame_pts[max(at, 0)])

    def after(self, pts: int) -> int | None:
        """Time of the first picture later than `pts`, or None."""
        at = int(np.searchsorted(self.frame_pts, pts, side="right"))
        return int(self.frame_pts[at]) if at < len(self.frame_pts) else None

    def before(self, pts: int) -> int | None:
        """Time of the last picture earlier than `pts`, or None."""
        at = int(np.searchsorted(self.frame_pts, pts, side="left")) - 1
        return int(self.frame_pts[at]) if at >= 0 else None

    def end_of(self, pts: int) -> int:
        """When the picture at `pts` gives way to the next."""
        following = self.after(pts)
        return pts + self.nominal_pts if following is None else following

    @property
    def end(self) -> int:
        """When the last picture ends."""
        return self.end_of(int(self.frame_pts[-1]))

    def start_for(self, pts: int) -> int:
        """Number of the key packet from which to decode the picture at `pts`.

        It is the last key picture that shows no later than `pts`: pictures that a later key
        packet carries along but that show before it (open GOP) cannot be decoded from there.
        """
        at = int(np.searchsorted(self.pts[self.starts], pts, side="right")) - 1
        return int(self.starts[at]) if at >= 0 else 0


def _count_times(
    path: Path,
    stream_index: int,
    decode: NDArray[np.int64],
    nominal: int,
    cancel: CancelToken | None,
) -> NDArray[np.int64]:
    """Times of pictures whose packets carry none, by packet number."""
    order = _shown_order(path, stream_index, cancel)
    pts = np.full(len(decode), NO_PTS, np.int64)
    # AVI gives decoding times: shown in another order, pictures still fill the same slots.
    slots = np.sort(decode[decode != NO_PTS])
    if len(slots) < len(decode) or np.any(np.diff(slots) <= 0):
        slots = np.arange(len(order), dtype=np.int64) * nominal
    for place, number in enumerate(order):
        pts[number] = slots[place]
    return pts


def _shown_order(path: Path, stream_index: int, cancel: CancelToken | None) -> list[int]:
    """Packet numbers in the order in which their pictures leave the decoder."""
    order: list[int] = []
    with open_container(path) as container:
        stream = stream_of(container, stream_index, av.VideoStream, path)
        context = stream.codec_context
        context.options = {"skip_loop_filter": "all", "skip_idct": "all"}
        # One thread, so that damage is met in the same way whenever the file is read.
        context.thread_type = "NONE"
        number = 0
        with suppress(FFmpegError):
            for packet in packets_of(container, stream):
                if cancel is not None:
                    cancel.check()
                if packet.size:
                    packet.pts = packet.dts = number
                    number += 1
                with suppress(FFmpegError):
                    order += [f.pts for f in context.decode(packet) if f.pts is not None]
    # A decoder that repeats a picture repeats its number.
    return list(dict.fromkeys(n for n in order if 0 <= n < number))
