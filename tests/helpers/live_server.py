"""Streams without an end on loopback: HLS that loops over HTTP, and a transport stream over UDP.

Both play in real time from a file of the test's own; the UDP sender may lose datagrams.
"""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import av

_PACKET = 188
_IN_DATAGRAM = 7
_WINDOW = 4


@dataclass(frozen=True)
class Piece:
    """One segment of a playlist."""

    data: bytes
    seconds: float


def cut(path: Path, folder: Path, seconds: float = 1.0) -> list[Piece]:
    """Cut a title into segments of a transport stream at key pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    options = {"hls_time": str(seconds), "hls_list_size": "0", "hls_playlist_type": "vod"}
    playlist = folder / "cut.m3u8"
    with av.open(str(path)) as source, av.open(str(playlist), "w", options=options) as target:
        streams = {
            s.index: target.add_stream_from_template(s)
            for s in (*source.streams.video, *source.streams.audio)
        }
        for packet in source.demux(*(source.streams[i] for i in streams)):
            if packet.size:
                packet.stream = streams[packet.stream_index]
                target.mux(packet)
    pieces, length = [], 0.0
    for line in playlist.read_text().splitlines():
        if line.startswith("#EXTINF:"):
            length = float(line[8:].rstrip(","))
        elif line and not line.startswith("#"):
            pieces.append(Piece((folder / line).read_bytes(), length))
    return pieces


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_args: object) -> None:
        """A player that hangs up is no error."""


class HlsServer:
    """A live playlist over pieces that come round for ever.

    Args:
        pieces: In order.
        port: 0 lets the system choose.
        began: When the first piece was ready, on the monotonic clock; None is now, with a window
            of pieces before it.
        pace: Seconds of stream a second.
    """

    def __init__(
        self,
        pieces: Sequence[Piece],
        port: int = 0,
        began: float | None = None,
        pace: float = 1.0,
    ) -> None:
        self.pieces = pieces
        self.began = time.monotonic() if began is None else began
        self._pace = pace
        self.gone = False
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                if outer.gone:  # A connection that was kept open ends with its server.
                    self.close_connection = True
                    return
                body = outer.answer(self.path)
                self.send_response(200 if body is not None else 404)
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                try:
                    self.wfile.write(body or b"")
                except OSError:
                    self.close_connection = True

            def log_message(self, *_args: object) -> None:
                """Nothing."""

        self._server = _Server(("127.0.0.1", port), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://me:secret@127.0.0.1:{self.port}/live.m3u8?token=abc"

    def answer(self, path: str) -> bytes | None:
        name = path.partition("?")[0].rpartition("/")[2]
        if name == "live.m3u8":
            return self._playlist()
        number = name.removeprefix("piece").removesuffix(".ts")
        if not number.isdecimal():
            return None
        return self.pieces[int(number) % len(self.pieces)].data

    def _playlist(self) -> bytes:
        total = sum(piece.seconds for piece in self.pieces)
        past = (time.monotonic() - self.began) * self._pace
        rounds, left = divmod(past, total)
        newest = int(rounds) * len(self.pieces)
        for piece in self.pieces:
            if left < piece.seconds:
                break
            left -= piece.seconds
            newest += 1
        newest += _WINDOW
        first = newest - _WINDOW
        longest = max(piece.seconds for piece in self.pieces)
        lines = [
            "#EXTM3U",
            "#EXT-X-VERSION:3",
            f"#EXT-X-TARGETDURATION:{int(longest + 0.999)}",
            f"#EXT-X-MEDIA-SEQUENCE:{first}",
            f"#EXT-X-DISCONTINUITY-SEQUENCE:{first // len(self.pieces)}",
        ]
        for number in range(first, newest):
            place = number % len(self.pieces)
            if place == 0 and number:
                lines.append("#EXT-X-DISCONTINUITY")
            lines += [f"#EXTINF:{self.pieces[place].seconds:.3f},", f"piece{number}.ts"]
        return ("\n".join(lines) + "\n").encode()

    def close(self) -> None:
        self.gone = True
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class UdpSender:
    """Sends a transport stream in real time, again and again; its clock begins anew each time.

    Args:
        path: A `.ts` file.
        seconds: How long it plays.
        port: Where to.
        loss: Share of datagrams that are left out.
        pace: Seconds of stream a second.
        times: How often; 0 is for ever.
    """

    def __init__(
        self,
        path: Path,
        seconds: float,
        port: int,
        loss: float = 0.0,
        pace: float = 1.0,
        times: int = 0,
    ) -> None:
        data = path.read_bytes()
        size = _PACKET * _IN_DATAGRAM
        self._datagrams = [data[i : i + size] for i in range(0, len(data), size)]
        self._seconds = seconds / pace
        self._target = ("127.0.0.1", port)
        self._loss = loss
        self._times = times
        self._random = random.Random(7)
        self._stop = threading.Event()
        self.sent = self.lost = 0
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            begin = time.monotonic()
            rounds = 0
            while not self._times or rounds < self._times:
                for i, datagram in enumerate(self._datagrams):
                    due = begin + (rounds + i / len(self._datagrams)) * self._seconds
                    if self._stop.wait(max(due - time.monotonic(), 0.0)):
                        return
                    self.sent += 1
                    if self._random.random() < self._loss:
                        self.lost += 1
                    else:
                        sender.sendto(datagram, self._target)
                rounds += 1

    def close(self) -> None:
        self._stop.set()
        self._thread.join()


def free_udp_port() -> int:
    """A port that nobody listens on."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
