"""The report as Markdown: what becomes `docs/accuracy.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from core.evaluation.clip import CAPTIONED_S
from core.evaluation.decoy_clip import CRF, LARGE_EVERY, LARGE_SIZE, RATE, SIZE
from core.evaluation.decoy_clip import SECONDS as CLIP_S
from core.evaluation.excerpt import LARGEST_ROWS
from core.evaluation.matching import LEAST_IOU, MARGIN_S
from core.evaluation.record import REAL, Result
from core.evaluation.report import answers_of, hours_of, why_not_tried
from core.evaluation.run import Evaluated
from core.evaluation.score import (
    Alarms,
    DetectorReport,
    PeerScore,
    Score,
    edges_ms,
    off_photographs,
    pooled,
)
from core.evaluation.source import Kind
from core.evaluation.trial import LONG_S, SECONDS, SEVERITIES

_NONE = "–"


def markdown(evaluated: Evaluated, reports: Sequence[DetectorReport]) -> str:
    """The whole document."""
    parts = [
        "# How well the detectors do",
        *_how(evaluated),
        "## Damage made on purpose",
        _main_table(reports, evaluated),
        "## FFmpeg on the same files",
        *_peer_words(),
        _peer_table(reports),
        "## Recall by severity",
        _severity_table(reports),
        "## Held out",
        "Told apart from the figures above: forms of a defect that were held out, and "
        "a second codec. Answered of made, and false alarms.",
        _held_out_table(reports),
        "## False alarms by kind of clean content",
        "Alarms in hours (and FYI notes), with the upper bound an hour. Camera moves over "
        "photographs are no film and counted apart.",
        _kind_table(reports),
        *_decoys(reports),
        "## Really damaged files",
        *_real(evaluated),
        "## Clean sources",
        _source_table(evaluated),
        *_faults(evaluated),
    ]
    return "\n\n".join(parts) + "\n"


def _how(evaluated: Evaluated) -> list[str]:
    order = evaluated.order
    hours = [
        f"{hours_of(evaluated, kind, medium):.3f} h of {words}"
        for kind, medium, words in (
            (Kind.FILMED, "video", "film"),
            (Kind.SOUND, "audio", "sound"),
            (Kind.PHOTO, "video", "camera moves over photographs"),
        )
        if hours_of(evaluated, kind, medium) > 0
    ]
    made = sum(1 for r in evaluated.results if r.trial is not None and r.trial["defect"])
    side = "dev and test" if order.side == "all" else order.side
    return [
        "Written by `onglass evaluate`; not to be edited. The default profile decided. "
        f"Sources: the {side} side of the split by source title "
        "(`core/simulate/split.py`; thresholds were tuned on the dev side only). "
        f"Seed {order.seed}. Clean content: {'; '.join(hours) or 'none'}. "
        f"{made} damaged clips of up to {SECONDS:g} s and {LARGEST_ROWS} rows, coded with H.264 "
        f"(CRF 23), AAC or FLAC ({LONG_S:g} s where the loudness of the whole is damaged; phrases "
        f"of speech in any order for {CAPTIONED_S:g} s where captions are); "
        f"{order.each} for each of the severities {', '.join(f'{s:g}' for s in SEVERITIES)} of a "
        "defect; sound and picture of a source once more without damage, coded the same.",
        f"A finding answers damage when both share time and it lies within the damage widened by "
        f"{MARGIN_S:g} s, or both overlap with a temporal IoU of at least {LEAST_IOU:g}; one "
        "finding answers one damaged stretch, every other finding is a false alarm. Findings that "
        "a detector lowers to FYI count as neither. Shares in brackets are 95 % intervals "
        "(Wilson), rates 95 % upper bounds (Poisson; three divided by the hours when there was no "
        "alarm). Edges: how far the ends of an answer lie from those of the damage, median and "
        "95th percentile.",
    ]


def _main_table(reports: Iterable[DetectorReport], evaluated: Evaluated) -> str:
    rows = []
    for report in reports:
        why = why_not_tried(report.spec.id, evaluated)
        if why or not report.main.truths:
            alarms = _alarms(off_photographs(report.alarms))
            rows.append([report.spec.id, why or "no clip could be made", *[_NONE] * 5, alarms])
            continue
        main = report.main
        rows.append(
            [
                report.spec.id,
                _of(main),
                _share(main.recall, main.recall_interval),
                _share(main.precision, main.precision_interval),
                _number(main.f1),
                _edges(main.start_errors_s),
                _edges(main.end_errors_s),
                _alarms(off_photographs(report.alarms)),
            ]
        )
    head = [
        *("Detector", "Answered", "Recall", "Precision", "F1"),
        *("Start, ms", "End, ms", "False alarms on clean content (at most an hour)"),
    ]
    return _table(head, rows)


def _peer_words() -> list[str]:
    return [
        "The filter that FFmpeg has for the defect, run over the very same files: at its defaults, "
        "and at the threshold, shortest length and joining of gaps that give the highest F1 *on "
        "these data*, which is generous, because our thresholds were not fitted to them. A filter "
        "that writes a number onto every frame has no default; its number becomes stretches by a "
        "threshold. False alarms are those on the same clean content.",
    ]


def _peer_table(reports: Iterable[DetectorReport]) -> str:
    rows = []
    for report in reports:
        peer = report.peer
        if peer is None:
            continue
        if peer.best is None:
            rows.append([report.spec.id, peer.filter, _number(report.main.f1), *["not run"] * 5])
            continue
        rows.append(
            [
                report.spec.id,
                peer.filter,
                _number(report.main.f1),
                _number(None if peer.default is None else peer.default.score.f1),
                _number(peer.best.score.f1),
                _alarms(off_photographs(report.alarms)),
                _peer_alarms(peer.default),
                f"{_peer_alarms(peer.best)} – {peer.best.setting}",
            ]
        )
    head = [
        *("Detector", "Filter", "Our F1", "F1 at its defaults", "F1 at its best"),
        *("Our false alarms", "At its defaults", "At its best, and which that is"),
    ]
    notes = [
        f"`{report.peer.filter}` for {report.spec.id}: {report.peer.note}"
        for report in reports
        if report.peer is not None and report.peer.note
    ]
    return "\n\n".join([_table(head, rows), *notes])


def _peer_alarms(peer: PeerScore | None) -> str:
    return _NONE if peer is None else _alarms(off_photographs(peer.alarms))


def _severity_table(reports: Iterable[DetectorReport]) -> str:
    rows = []
    for report in reports:
        if report.by_severity:
            cells = [
                _of(report.by_severity[s]) if s in report.by_severity else _NONE for s in SEVERITIES
            ]
            forms = [f"{name} {_of(one)}" for name, one in report.by_variant.items()]
            forms += [f"also {name} {_of(one)}" for name, one in report.also.items()]
            rows.append([report.spec.id, *cells, ", ".join(forms) or _NONE])
    return _table(["Detector", *(f"{s:g}" for s in SEVERITIES), "By form of the defect"], rows)


def _held_out_table(reports: Iterable[DetectorReport]) -> str:
    rows = []
    for report in reports:
        if report.held_out:
            cells = [
                f"{report.held_out_names.get(name, '')} {_of(one)}, {one.false} false"
                if (one := report.held_out.get(name)) is not None
                else _NONE
                for name in ("variant", "codec")
            ]
            rows.append([report.spec.id, *cells])
    return _table(["Detector", "Form", "Codec"], rows)


def _kind_table(reports: Iterable[DetectorReport]) -> str:
    rows = [
        [
            report.spec.id,
            *(
                _alarms(report.alarms[kind], fyi=True) if kind in report.alarms else _NONE
                for kind in Kind
            ),
        ]
        for report in reports
        if report.alarms
    ]
    return _table(["Detector", "Film", "Sound", "Photographs"], rows)


def _decoys(reports: Sequence[DetectorReport]) -> list[str]:
    tried = [report for report in reports if report.decoys]
    if not tried:
        return []
    width, height = SIZE
    words = [
        "## Clean content that looks damaged",
        "Nothing is wrong here, and nothing of it is in the figures above: content that is meant "
        "to look as it does (`core/simulate/decoy.py`), made of the clean sources in consecutive "
        f"frames, {CLIP_S:g} s a clip at {RATE} frames a second and up to {width} x {height} "
        f"(every {LARGE_EVERY}th source up to {LARGE_SIZE[0]} x {LARGE_SIZE[1]}), coded with "
        f"H.264 (CRF {CRF}). The clips of a decoy are of different sources, film and camera moves "
        "over photographs in turn, as far as there are enough. Alarms, and their upper bound an "
        "hour.",
    ]
    for report in tried:
        words += [*_decoy_words(report), _decoy_table(report)]
    return words


def _decoy_words(report: DetectorReport) -> list[str]:
    peer = report.peer
    if peer is None or peer.best is None or not peer.best.decoys:
        return [f"**{report.spec.id}**:"]
    return [f"**{report.spec.id}**, and `{peer.filter}` at its best ({peer.best.setting}):"]


def _decoy_table(report: DetectorReport) -> str:
    best = report.peer.best if report.peer is not None else None
    theirs = best.decoys if best is not None else {}
    rows = []
    for name, alarms in [*report.decoys.items(), ("**all**", pooled(report.decoys.values()))]:
        other = theirs.get(name) if name in report.decoys else pooled(theirs.values())
        sides = [_both(one) for one in (alarms, other)]
        rows.append(
            [name, str(alarms.files), f"{alarms.hours:.3f}", *(c for s in sides for c in s)]
        )
    return _table(
        [
            *("Content", "Clips", "Hours", "Alarms", "At most an hour"),
            *("FFmpeg's alarms", "At most an hour"),
        ],
        rows,
    )


def _both(alarms: Alarms | None) -> tuple[str, str]:
    if alarms is None or alarms.upper is None:
        return _NONE, _NONE
    notes = f" (+{alarms.fyi} FYI)" if alarms.fyi else ""
    return f"{alarms.count}{notes}", f"{alarms.upper:.1f}"


def _real(evaluated: Evaluated) -> list[str]:
    real = [result for result in evaluated.results if result.kind == REAL]
    if not real:
        return ["None were given (`--real`)."]
    rows = []
    for result in real:
        found: dict[str, list[str]] = {}
        for claim in result.claims:
            when = f"{claim.start_s:.2f}–{claim.end_s:.2f} s" + (" (FYI)" if claim.fyi else "")
            found.setdefault(claim.detector, []).append(when)
        words = "; ".join(
            f"{name}: {', '.join(when[:3])}" + (f" and {len(when) - 3} more" if when[3:] else "")
            for name, when in found.items()
        )
        rows.append([result.name, words or "nothing found", " ".join(result.faults) or _NONE])
    return [
        "What the detectors say of files that are broken in earnest. Nobody has marked exactly "
        "where, so nothing is scored.",
        _table(["File", "Findings", "Remarks"], rows),
        *_answer_tables(real, evaluated),
    ]


def _answer_tables(real: Sequence[Result], evaluated: Evaluated) -> Iterator[str]:
    """For each detector that clean content may mislead: what it says of each file and its twin."""
    answers = [(result, answers_of(result, evaluated)) for result in real]
    for detector in dict.fromkeys(name for _result, some in answers for name in some):
        rows = []
        for result, some in answers:
            if detector in some:
                one = some[detector]
                strongest = f"{one.strongest:.2f}" if one.flags else _NONE
                twin = _NONE if one.twin_flags is None else f"{one.twin_flags} ({result.twin})"
                said = [str(one.flags), f"{one.seconds:.2f}", strongest, twin]
                rows.append([result.name, _lengths(result), *said])
        yield f"**{detector}** on each of them, and on the clean twin where the name tells one:"
        head = ["File", "Length", "Flags", "Seconds", "Strongest", "Flags on its clean twin"]
        yield _table(head, rows)


def _source_table(evaluated: Evaluated) -> str:
    rows = []
    for result in evaluated.results:
        if result.is_clean:
            counts: dict[str, int] = {}
            for claim in result.claims:
                if not claim.fyi:
                    counts[claim.detector] = counts.get(claim.detector, 0) + 1
            words = ", ".join(f"{name} {count}" for name, count in counts.items())
            rows.append([result.name, result.kind, _lengths(result), words or _NONE])
    return _table(["Source", "Kind", "Length", "Alarms"], rows)


def _lengths(result: Result) -> str:
    words = [f"{medium} {seconds:.1f} s" for medium, seconds in result.seconds.items()]
    return ", ".join(words) or " ".join(result.faults) or _NONE


def _faults(evaluated: Evaluated) -> list[str]:
    lines = [f"{name}: is no media." for name in evaluated.unread]
    for result in evaluated.results:
        if result.faults and result.kind != REAL:
            trial = "" if result.trial is None else f" ({_tried(result.trial)})"
            lines.append(f"{result.name}{trial}: {' '.join(result.faults)}")
    if not lines:
        return []
    return ["## Left out", *dict.fromkeys(lines)]


def _tried(trial: Mapping[str, Any]) -> str:
    return str(trial["defect"] or trial.get("decoy") or "clean twin")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in lines)


def _of(score: Score) -> str:
    notes = f" (+{score.fyi} FYI)" if score.fyi else ""
    return f"{score.hits}/{score.truths}{notes}"


def _number(value: float | None) -> str:
    return _NONE if value is None else f"{value:.2f}"


def _share(value: float | None, interval: tuple[float, float]) -> str:
    return _NONE if value is None else f"{value:.2f} ({interval[0]:.2f}–{interval[1]:.2f})"


def _edges(errors_s: Sequence[float]) -> str:
    edges = edges_ms(errors_s)
    return _NONE if edges is None else f"{edges[0]:.0f} / {edges[1]:.0f}"


def _alarms(alarms: Alarms, *, fyi: bool = False) -> str:
    if alarms.upper is None:
        return _NONE
    notes = f" (+{alarms.fyi} FYI)" if fyi and alarms.fyi else ""
    return f"{alarms.count} in {alarms.hours:.3f} h{notes} (≤ {alarms.upper:.0f})"
