"""What the screen says about sync, in one place."""

from __future__ import annotations

from core.catalog.sync_verdict import FRAME_MS, Fragment, Reason, SyncState, Tolerance
from gui.language import tr


def offset_text(offset_ms: float) -> str:
    """An offset with its sign: `+120 ms` is sound that is early."""
    size = round(abs(offset_ms))
    sign = "" if not size else "+" if offset_ms > 0 else "−"
    return f"{sign}{size} ms"


def percent_text(confidence: float) -> str:
    """How sure, never rounded up to certainty."""
    return f"{min(round(100 * confidence), 99)} %"


def side_text(offset_ms: float) -> str:
    """On which side the sound is: `sound 120 ms early`."""
    size = round(abs(offset_ms))
    if not size:
        return tr("sound with the picture")
    if offset_ms > 0:
        return tr("sound {size} ms early", size=size)
    return tr("sound {size} ms late", size=size)


def held_text(nudge_ms: float) -> str:
    """What a nudge does: `Sound held 120 ms later`."""
    size = round(abs(nudge_ms))
    if not size:
        return ""
    if nudge_ms > 0:
        return tr("Sound held {size} ms later", size=size)
    return tr("Sound held {size} ms earlier", size=size)


def state_title(state: SyncState) -> str:
    """A state as people call it."""
    return {
        SyncState.IN_SYNC: tr("In sync"),
        SyncState.OUT_OF_SYNC: tr("Out of sync"),
        SyncState.INCONCLUSIVE: tr("Inconclusive"),
    }[state]


def reason_text(reason: Reason) -> str:
    """Why nothing can be said, to stand by itself."""
    return {
        Reason.JUDGED: "",
        Reason.NO_FACE: tr("no face is to be seen"),
        Reason.NO_TRACK: tr("no face is large and steady enough to read its lips"),
        Reason.NO_SPEECH: tr("nobody is heard speaking"),
        Reason.TIE: tr("two offsets are equally likely"),
        Reason.AT_LIMIT: tr("the best offset lies at the end of what was searched"),
        Reason.UNCERTAIN: tr("lips and sound do not match clearly at any offset"),
    }[reason]


def headline(fragment: Fragment | None) -> str:
    """The verdict in a few words."""
    if fragment is None:
        return tr("Lip sync: not analysed here")
    title = state_title(fragment.state)
    if fragment.state is SyncState.INCONCLUSIVE:
        return title
    offset, sure = offset_text(fragment.offset_ms), percent_text(fragment.confidence)
    return f"{title} · {offset} · {sure}"


def because(fragment: Fragment | None) -> str:
    """Why it was judged so; empty where nobody judged."""
    if fragment is None:
        return ""
    if fragment.state is SyncState.INCONCLUSIVE:
        return reason_text(fragment.reason)
    side = side_text(fragment.offset_ms)
    if fragment.state is SyncState.IN_SYNC and not fragment.resolved:
        return tr("{side}, as far as a frame of {frame} ms tells", side=side, frame=round(FRAME_MS))
    return side


def sentence(fragment: Fragment | None) -> str:
    """Headline and reason in one line."""
    why = because(fragment)
    return f"{headline(fragment)}: {why}" if why else headline(fragment)


def tolerance_title(tolerance: Tolerance) -> str:
    """A tolerance as people call it."""
    if tolerance.id == "bt1359_detectable":
        return tr("ITU-R BT.1359, detectable")
    if tolerance.id == "bt1359_acceptable":
        return tr("ITU-R BT.1359, acceptable")
    return tolerance.title


def tolerance_help(tolerance: Tolerance) -> str:
    """What a tolerance is for."""
    return {
        "bt1359_detectable": tr("From here on viewers begin to notice"),
        "bt1359_acceptable": tr("From here on viewers begin to object"),
        "ebu_r37": tr("For the whole chain of a broadcast"),
        "atsc_is191": tr("At the input of the encoder"),
    }[tolerance.id]


def tolerance_text(tolerance: Tolerance) -> str:
    """A tolerance as menus list it."""
    early, late = f"+{tolerance.early_ms:g}", f"−{abs(tolerance.late_ms):g}"
    return f"{tolerance_title(tolerance)}: {early} / {late} ms"
