"""What a report says of the title, of how it was measured, and with what: shared by the pages."""

from __future__ import annotations

from dataclasses import dataclass

from core.catalog.spec import DetectorSpec
from core.catalog.table import DETECTORS
from core.domain.profile import Profile
from core.domain.timecode import format_clock
from core.reports.report import Report
from core.reports.wording import SEVERITY_TITLES, stream_line

Row = tuple[str, str]
"""A name and what is said under it."""

_HASH_DIGITS = 12


@dataclass(frozen=True, slots=True)
class MethodRow:
    """One detector that measured.

    Attributes:
        title: What people call it, with the weights that it used.
        thresholds: What decided, in words.
        severity: What the profile proposes.
        source: Whose definition it follows.
    """

    title: str
    thresholds: str
    severity: str
    source: str


def facts(report: Report) -> tuple[Row, ...]:
    """The title, its analysis and who reviewed it."""
    title, run, clock = report.title, report.run, report.clock
    streams = (*title.video, *title.audio, *title.captions)
    reviewers = sorted({v.reviewer for entry in report.entries for v in entry.verdicts})
    counting = "drop-frame" if clock.drop_frame else "non-drop"
    rows = [
        ("Length", f"{format_clock(title.duration_s)}, {title.size_bytes:,} bytes"),
        ("Starts at", f"{clock.timecode(0)} ({format_clock(title.start.seconds)})"),
        ("Timecode", f"{float(clock.rate):.5g} frames a second, {counting}"),
        *(("Stream", stream_line(stream)) for stream in streams),
        ("Fingerprint", title.fingerprint),
        ("Profile", f"{report.profile.title} ({report.profile.hash})"),
        ("Reviewed by", ", ".join(reviewers) or "nobody yet"),
    ]
    if run is not None:
        ended = f", ended {run.finished:%Y-%m-%d %H:%M} UTC" if run.finished else ""
        rows.append(("Analysis", f"{run.id}, {run.state}{ended}"))
        if run.error:
            rows.append(("It said", run.error))
    rows.append(("Report made", f"{report.made:%Y-%m-%d %H:%M} UTC"))
    return tuple(rows)


def method_rows(report: Report) -> tuple[MethodRow, ...]:
    """The detectors that measured, in the order of the catalog."""
    run, profile = report.run, report.profile
    if run is None:
        return ()
    return tuple(
        MethodRow(
            _title(spec, run.weights.get(name, "")),
            "left out by the profile" if name in profile.disabled else _thresholds(spec, profile),
            SEVERITY_TITLES[spec.proposed_severity(profile)],
            spec.source,
        )
        for name, spec in DETECTORS.items()
        if name in run.detectors
    )


def _title(spec: DetectorSpec, weights: str) -> str:
    return f"{spec.title} (weights {weights[:_HASH_DIGITS]})" if weights else spec.title


def _thresholds(spec: DetectorSpec, profile: Profile) -> str:
    return "; ".join(
        f"{t.title} {spec.value(profile, t.name):g} {t.unit}".strip() for t in spec.thresholds
    )


def version_rows(report: Report) -> tuple[Row, ...]:
    """Versions of what made the report and of what measured."""
    return tuple(report.versions.items())
