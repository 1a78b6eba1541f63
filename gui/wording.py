"""What the screen calls decisions and streams; one place, so that rooms agree."""

from __future__ import annotations

from core.domain.title import AudioStream, Stream, VideoStream
from core.domain.verdict import Disposition, RejectReason
from gui.language import mark, tr

DISPOSITIONS = {
    Disposition.FIX: mark("fix"),
    Disposition.CREATIVE_INTENT: mark("creative intent"),
    Disposition.BEST_POSSIBLE: mark("best possible"),
}
REASONS = {
    RejectReason.FALSE_POSITIVE: mark("false positive"),
    RejectReason.NOT_VISIBLE: mark("not visible"),
    RejectReason.DUPLICATE: mark("duplicate"),
}


def capital(text: str) -> str:
    """Text with a capital in front; the rest stays, for German has capitals within."""
    return text[:1].upper() + text[1:]


def figure(value: float) -> str:
    """A figure with as many digits as the eye takes in; a large one is written out."""
    return f"{value:.4g}" if abs(value) < 9999.5 else f"{value:,.0f}"


def stream_kind(stream: Stream) -> str:
    """What a stream carries, in the person's language."""
    if isinstance(stream, VideoStream):
        return tr("video")
    return tr("audio") if isinstance(stream, AudioStream) else tr("caption")


def variant_title(variant: str) -> str:
    """What people call a form of a simulated defect."""
    return tr(capital(variant.replace("_", " ")))
