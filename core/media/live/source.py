"""Where a live stream comes from, and what FFmpeg must be told to open it.

A source is a URL, `device:NAME` for a capture device, or `screen:` for the screen of this machine.
Each kind may use the protocols that it needs and no others: a playlist from the network cannot name
a local file.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import av

from core.domain.channel import masked
from core.domain.errors import KnownError

_NETWORK = "http,https,tcp,tls,crypto,data"
_PROTOCOLS = {
    "http": _NETWORK,
    "https": _NETWORK,
    "rtsp": "rtsp,rtsps,rtp,srtp,udp,tcp,tls",
    "rtsps": "rtsp,rtsps,rtp,srtp,udp,tcp,tls",
    "rtmp": "rtmp,tcp",
    "rtmps": "rtmps,tcp,tls",
    "srt": "srt",
    "udp": "udp",
    "rtp": "rtp,udp",
    "tcp": "tcp",
}
_DEVICE_READERS = {"linux": "v4l2", "win32": "dshow", "darwin": "avfoundation"}
_SCREEN_READERS = {"linux": "x11grab", "win32": "gdigrab", "darwin": "avfoundation"}
_RECEIVE_BYTES = 8 << 20
_FIFO_PACKETS = 65536


class UnsupportedSourceError(KnownError):
    """This build of FFmpeg, or this machine, can never open the source."""


@dataclass(frozen=True, slots=True)
class LiveSource:
    """What FFmpeg is given.

    Attributes:
        url: As FFmpeg wants it; may hold credentials.
        format: Name of the demuxer, None to let FFmpeg find it.
        options: Of demuxer and protocol.
        shown: The source for people, credentials masked.
    """

    url: str
    format: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    shown: str = ""

    @property
    def is_capture(self) -> bool:
        """Frames come from a device, uncompressed as a rule."""
        return self.format is not None


def live_source(url: str, timeout_s: float = 10.0) -> LiveSource:
    """What to open for a source that somebody named.

    Args:
        url: A URL, `device:NAME`, or `screen:` with the name of a display behind it or none.
        timeout_s: How long a peer may say nothing.

    Raises:
        UnsupportedSourceError: Nothing here can open such a source.
    """
    kind, _, rest = url.partition(":")
    if kind == "device":
        return _device(rest)
    if kind == "screen":
        return _screen(rest)
    scheme = urlsplit(url).scheme.lower() if "://" in url else ""
    if scheme not in _PROTOCOLS:
        raise UnsupportedSourceError(
            f"{masked(url)} is no stream that can be watched; name a URL (http, https, rtsp, rtmp, "
            "srt, udp, rtp, tcp), device:NAME or screen:."
        )
    if _path_of(url).endswith(".mpd") and "dash" not in readable():
        raise UnsupportedSourceError(
            f"{masked(url)} is DASH, which this build of FFmpeg cannot read; watch the HLS "
            "playlist of the same stream."
        )
    micros = str(int(timeout_s * 1e6))
    options = {"protocol_whitelist": _PROTOCOLS[scheme]}
    if scheme in ("http", "https"):
        options |= {"rw_timeout": micros}
    elif scheme in ("rtsp", "rtsps"):
        options |= {"rtsp_transport": "tcp", "timeout": micros}
    elif scheme == "udp":
        options |= {
            "timeout": micros,
            "overrun_nonfatal": "1",
            "buffer_size": str(_RECEIVE_BYTES),
            "fifo_size": str(_FIFO_PACKETS),
        }
    return LiveSource(url, None, options, masked(url))


@functools.cache
def readable() -> frozenset[str]:
    """Names of all readers of this build of FFmpeg."""
    return frozenset(name for entry in av.formats_available for name in entry.split(","))


def _path_of(url: str) -> str:
    return urlsplit(url).path.lower()


def _device(name: str) -> LiveSource:
    reader = _reader(_DEVICE_READERS, "capture devices")
    target = f"video={name}" if reader == "dshow" and "=" not in name else name
    return LiveSource(target, reader, {}, f"device:{name}")


def _screen(name: str) -> LiveSource:
    reader = _reader(_SCREEN_READERS, "the screen")
    target = name
    if reader == "x11grab":
        target = name or os.environ.get("DISPLAY", "")
        if not target:
            raise UnsupportedSourceError("There is no screen here: no X display is set.")
    elif not name:
        target = "desktop" if reader == "gdigrab" else "Capture screen 0"
    return LiveSource(target, reader, {"framerate": "25"}, f"screen:{name}")


def _reader(readers: Mapping[str, str], what: str) -> str:
    reader = readers.get(sys.platform, "")
    if reader not in readable():
        raise UnsupportedSourceError(f"This build of FFmpeg cannot read {what}.")
    return reader
