"""What the screen says about a flag; one place, so queue, timeline and bar agree."""

from __future__ import annotations

from core.catalog.table import DETECTORS
from core.domain.check import is_check
from core.domain.defect import DEFECTS, Severity
from core.domain.run import IMPORTED
from core.domain.verdict import Decision
from core.review.flag import UNDECIDED, Flag
from gui.glyph import Sign
from gui.language import mark, told, tr
from gui.wording import DISPOSITIONS, REASONS, capital

SEVERITY_TITLES = {
    Severity.FYI: mark("FYI"),
    Severity.ISSUE: mark("Issue"),
    Severity.BLOCKER: mark("Blocker"),
}

_SIGNS = {
    Decision.CONFIRM: Sign.CONFIRMED,
    Decision.REJECT: Sign.REJECTED,
    Decision.UNSURE: Sign.UNSURE,
    Decision.MISSED: Sign.MISSED,
}


def sign_of(flag: Flag) -> Sign:
    """How the flag stands."""
    return Sign.UNDECIDED if flag.verdict is None else _SIGNS[flag.verdict.decision]


def state_of(sign: Sign) -> str:
    """The review room's word for how a flag stands."""
    return next((str(d) for d, s in _SIGNS.items() if s is sign), UNDECIDED)


def severity_of(flag: Flag) -> Severity:
    """What the person said, else what the profile proposes."""
    return flag.severity if flag.severity is not None else Severity.ISSUE


def detector_title(detector: str) -> str:
    """What people call a detector; a missed defect has none."""
    if not detector:
        return tr("Reviewer")
    if is_check(detector):
        return tr("Manual check")
    if detector == IMPORTED:
        return tr("Imported")
    return tr(DETECTORS[detector].title) if detector in DETECTORS else detector


def defect_title(defect: str) -> str:
    """What people call a defect."""
    return tr(DEFECTS[defect].title) if defect in DEFECTS else defect


def note_of(flag: Flag) -> str:
    """The person's comment, else the detector's own sentence."""
    if flag.verdict is not None and flag.verdict.comment:
        return flag.verdict.comment
    return told(flag.finding.evidence.note) if flag.finding is not None else ""


def score_of(flag: Flag) -> float | None:
    """Strength 0..1; None where no finding stands behind the flag any more."""
    return flag.finding.score if flag.finding is not None else None


def state_sentence(flag: Flag) -> str:
    """The verdict in words, with reason or disposition and severity."""
    verdict = flag.verdict
    if verdict is None:
        text = capital(tr("undecided"))
    else:
        parts = [capital(sign_of(flag).label)]
        if verdict.reason is not None:
            parts.append(tr(REASONS[verdict.reason]))
        if verdict.disposition is not None:
            parts.append(tr(DISPOSITIONS[verdict.disposition]))
        if verdict.severity is not None:
            parts.append(tr(SEVERITY_TITLES[verdict.severity]))
        text = ", ".join(parts)
    if flag.others:
        text = f"{text}; {tr('%n more from other reviewers', len(flag.others))}"
    if flag.orphan:
        text = f"{text}; {tr('no finding stands behind it now')}"
    return text


def words(flag: Flag) -> str:
    """What the screen says about a flag, for searching in it."""
    titles = (defect_title(flag.defect), detector_title(flag.detector))
    return " ".join((*titles, state_sentence(flag), note_of(flag)))


def tooltip(flag: Flag, start: str) -> str:
    """Several lines for hovering: what, when, how strong, how decided.

    Args:
        flag: The flag.
        start: Its start as the desk writes times.
    """
    lines = [
        tr(
            "{defect} at {start}, {length:.3f} s",
            defect=defect_title(flag.defect),
            start=start,
            length=flag.span.duration_s,
        ),
        f"{detector_title(flag.detector)} · {tr(SEVERITY_TITLES[severity_of(flag)])}",
    ]
    score = score_of(flag)
    if score is not None:
        lines[1] += f" · {tr('score {score:.2f}', score=score)}"
    lines.append(state_sentence(flag))
    note = note_of(flag)
    return "\n".join([*lines, note] if note else lines)
