"""From verdicts to samples: who speaks about the same thing, and what they say together.

Pure. Verdicts are put together by title, stream and defect, not by finding, because findings come
and go with thresholds and weights while verdicts stay. The order in which subjects were decided
makes no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.domain.sample import LeftOut, MaskReference, Sample, SampleKind, side_of
from core.domain.verdict import (
    ATTACH_IOU,
    Decision,
    Disposition,
    RejectReason,
    Verdict,
    current_verdicts,
)

Showing = Callable[[Verdict], MaskReference | None]
"""Which frame shows what a verdict is about, and where in it."""


class _Word(StrEnum):
    """What one verdict says to training."""

    DEFECT = "defect"
    INTENT = "intent"
    FALSE_ALARM = "false alarm"
    NOT_VISIBLE = "not visible"
    DUPLICATE = "duplicate"
    UNSURE = "unsure"


_SILENT = {
    _Word.NOT_VISIBLE: "Rejected as not visible, which says nothing about the signal.",
    _Word.DUPLICATE: "Rejected as a duplicate of another flag.",
    _Word.UNSURE: "The reviewer was unsure.",
}
_SLACK_S = 1e-6

DISPUTED = "Reviewers disagree, and nobody has settled it."
OVERRULED = "Others settled it otherwise."
REVISED = "The same reviewer decided otherwise later."


@dataclass(frozen=True, slots=True)
class Teaching:
    """What verdicts teach one detector.

    Attributes:
        samples: In the order of `Sample.key`.
        left_out: By title and ids.
    """

    samples: tuple[Sample, ...]
    left_out: tuple[LeftOut, ...]


def teach(
    rows: Iterable[Verdict],
    detector: str,
    defects: Sequence[str],
    path_of: Callable[[str], str],
    showing: Showing,
) -> Teaching:
    """Make samples of verdicts.

    Every verdict that counts and concerns the detector is in exactly one sample or named once as
    left out.

    Args:
        rows: All rows of a store, in the order in which they were appended.
        detector: Whose findings they judge; what people marked as missed concerns it, too.
        defects: Ids of the defects that the detector finds.
        path_of: Where a title was found last, by fingerprint.
        showing: Gives the frame that shows what a verdict is about.
    """
    mine = [v for v in current_verdicts(rows) if _concerns(v, detector, defects)]
    samples: list[Sample] = []
    left: list[LeftOut] = []
    for claim in _claims(mine):
        speaking, word = _heard(claim, left)
        if word is None:
            continue
        if word in _SILENT:
            left.append(_left(speaking, _SILENT[word]))
            continue
        first = max(speaking, key=_age)
        samples.append(
            Sample(
                verdicts=tuple(sorted(v.id for v in speaking)),
                fingerprint=first.fingerprint,
                path=path_of(first.fingerprint),
                stream=first.stream,
                detector=detector,
                defect=first.defect,
                span=first.span,
                kind=_kind(word, speaking),
                mask=showing(first),
                side=side_of(first.fingerprint),
            )
        )
    return Teaching(
        tuple(sorted(samples, key=lambda sample: sample.key)),
        tuple(sorted(left, key=lambda it: (it.fingerprint, it.verdicts))),
    )


def _concerns(verdict: Verdict, detector: str, defects: Sequence[str]) -> bool:
    if verdict.defect not in defects:
        return False
    return verdict.detector in (detector, "")


def _claims(verdicts: Iterable[Verdict]) -> list[list[Verdict]]:
    """Verdicts about the same thing: each joins the first one that it overlaps best by half."""
    places: dict[tuple[str, int, str], list[list[Verdict]]] = {}
    claims = []
    for verdict in sorted(verdicts, key=_place):
        nearby = places.setdefault((verdict.fingerprint, verdict.stream, verdict.defect), [])
        best, best_iou = None, 0.0
        # Claims stand by their starts, and one that shares half begins at most a length before.
        earliest = 2 * verdict.span.start_s - verdict.span.end_s - _SLACK_S
        for claim in reversed(nearby):
            if claim[0].span.start_s < earliest:
                break
            iou = claim[0].span.iou(verdict.span)
            if iou >= ATTACH_IOU and iou > best_iou:
                best, best_iou = claim, iou
        if best is None:
            best = []
            nearby.append(best)
            claims.append(best)
        best.append(verdict)
    return claims


def _heard(claim: list[Verdict], left: list[LeftOut]) -> tuple[list[Verdict], _Word | None]:
    """Those who say what holds, and what that is; everybody else is left out with a sentence."""
    current = _of_each(claim, left)
    settling = [v for v in current if v.settles]
    if settling:
        word = _word(max(settling, key=_age))
        _leave(left, [v for v in current if _word(v) is not word], OVERRULED)
        return [v for v in current if _word(v) is word], word
    words = {_word(v) for v in current}
    if len(words) > 1:
        _leave(left, current, DISPUTED)
        return [], None
    return current, words.pop()


def _of_each(claim: list[Verdict], left: list[LeftOut]) -> list[Verdict]:
    """Of each reviewer what they said last, with the verdicts of theirs that say the same."""
    said = {}
    for person in sorted({v.reviewer for v in claim}):
        theirs = [v for v in claim if v.reviewer == person]
        said[person] = _word(max(theirs, key=lambda v: (v.settles, _age(v))))
    _leave(left, [v for v in claim if _word(v) is not said[v.reviewer]], REVISED)
    return [v for v in claim if _word(v) is said[v.reviewer]]


def _word(verdict: Verdict) -> _Word:
    if verdict.decision is Decision.UNSURE:
        return _Word.UNSURE
    if verdict.decision is Decision.REJECT:
        return {
            RejectReason.NOT_VISIBLE: _Word.NOT_VISIBLE,
            RejectReason.DUPLICATE: _Word.DUPLICATE,
        }.get(verdict.reason or RejectReason.FALSE_POSITIVE, _Word.FALSE_ALARM)
    intent = verdict.disposition is Disposition.CREATIVE_INTENT
    return _Word.INTENT if intent else _Word.DEFECT


def _kind(word: _Word, speaking: Iterable[Verdict]) -> SampleKind:
    if word is _Word.FALSE_ALARM:
        return SampleKind.NEGATIVE
    if word is _Word.INTENT:
        return SampleKind.INTENT
    found = any(verdict.detector for verdict in speaking)
    return SampleKind.POSITIVE if found else SampleKind.MISSED


def _leave(left: list[LeftOut], verdicts: Sequence[Verdict], sentence: str) -> None:
    if verdicts:
        left.append(_left(verdicts, sentence))


def _left(verdicts: Sequence[Verdict], sentence: str) -> LeftOut:
    ids = tuple(sorted(verdict.id for verdict in verdicts))
    return LeftOut(ids, verdicts[0].fingerprint, sentence)


def _age(verdict: Verdict) -> tuple[float, str]:
    return (verdict.at.timestamp(), verdict.id)


def _place(verdict: Verdict) -> tuple[object, ...]:
    span = verdict.span
    return (span.start_time.exact, span.end_time.exact, verdict.reviewer, *_age(verdict))
