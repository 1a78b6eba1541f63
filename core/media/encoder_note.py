"""What an H.264 decoder has to hear of the encoder before it starts in the middle of a stream.

Until 2017 x264 coded 4:4:4 pictures otherwise than the standard says. FFmpeg decodes them as they
were meant when it knows who made them, and that is written in the first packet of the stream and
nowhere else. A decoder that starts elsewhere shows garbage, without a word of complaint.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import av
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext

from core.media.source import open_container, packets_of, stream_of


def tell_encoder(context: VideoCodecContext, path: Path, index: int) -> None:
    """Let a decoder see the first packet of its stream, and forget the picture in it.

    Does nothing for decoders that need no such note.

    Args:
        context: Of the stream; no packet was given to it yet.
        path: The file.
        index: Container index of the stream.

    Raises:
        KnownError: The file cannot be opened any more.
    """
    if context.codec.name != "h264" or "444" not in (context.pix_fmt or ""):
        return
    with open_container(path) as container, suppress(FFmpegError, StopIteration):
        stream = stream_of(container, index, av.VideoStream, path)
        context.decode(next(packet for packet in packets_of(container, stream) if packet.size))
    context.flush_buffers()
