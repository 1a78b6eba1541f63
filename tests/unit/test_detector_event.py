"""Decode errors from events whose meaning is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from helpers.measure import FRAME, TICK, event_samples, measured, video

from core.catalog.decide import decide
from core.detectors.base import Sample
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.media import DecodeEvent, DecodeFault
from core.domain.profile import DEFAULT_PROFILE


def event(frame: int, fault: DecodeFault, extent_s: float = 0.0) -> DecodeEvent:
    return DecodeEvent(0, frame * FRAME, TICK, fault, round(extent_s / TICK))


def claims(
    faults: Mapping[int, Sequence[DecodeEvent]], count: int = 100, late: Sequence[DecodeEvent] = ()
) -> list[Finding]:
    samples: list[dict[str, Sample]] = event_samples(count, faults)
    if late:
        samples.append({"events": Sample(count * FRAME, TICK, None, events=tuple(late))})
    seconds = (count + bool(late)) / 25
    return list(decide([measured("decode_error", samples, seconds, video())], DEFAULT_PROFILE))


@pytest.mark.parametrize(
    ("fault", "severity"),
    [
        (DecodeFault.CORRUPT_PACKET, Severity.BLOCKER),
        (DecodeFault.DECODER_ERROR, Severity.BLOCKER),
        (DecodeFault.CORRUPT_FRAME, Severity.BLOCKER),
        (DecodeFault.CONCEALED, Severity.BLOCKER),
        (DecodeFault.TRUNCATED, Severity.BLOCKER),
        (DecodeFault.MISSING_PTS, Severity.ISSUE),
        (DecodeFault.NON_MONOTONIC_PTS, Severity.ISSUE),
    ],
)
def test_every_fault_is_told_with_its_weight(fault: DecodeFault, severity: Severity) -> None:
    (finding,) = claims({30: [event(30, fault)]})
    assert (finding.span.start_s, finding.span.end_s) == (1.2, 1.24)
    assert finding.severity is severity


def test_faults_near_each_other_are_one_finding() -> None:
    fault = DecodeFault.DECODER_ERROR
    assert len(claims({30: [event(30, fault)], 35: [event(35, fault)]})) == 1
    assert len(claims({30: [event(30, fault)], 60: [event(60, fault)]})) == 2


def test_note_says_what_was_counted() -> None:
    (finding,) = claims(
        {30: [event(30, DecodeFault.CORRUPT_PACKET)] * 2, 31: [event(31, DecodeFault.CONCEALED)]}
    )
    assert finding.evidence.note == (
        "The stream reports 2 damaged packets and 1 damaged frame within 0.08 s."
    )


def test_elementary_stream_without_time_stamps_is_clean() -> None:
    assert claims({i: [event(i, DecodeFault.MISSING_PTS)] for i in range(100)}) == []


def test_real_damage_in_an_elementary_stream_is_told_all_the_same() -> None:
    faults = {i: [event(i, DecodeFault.MISSING_PTS)] for i in range(100)}
    faults[50] = [*faults[50], event(50, DecodeFault.CORRUPT_FRAME)]
    (finding,) = claims(faults)
    assert finding.span.start_s == 2.0
    assert "time stamp" not in finding.evidence.note


@pytest.mark.parametrize(("extent_s", "expected"), [(0.05, 0), (0.4, 1)])
def test_gap_counts_from_the_shortest_on(extent_s: float, expected: int) -> None:
    found = claims({30: [event(30, DecodeFault.GAP, extent_s)]})
    assert len(found) == expected
    if found:
        assert found[0].evidence.metric == "hole_s"
        assert found[0].evidence.peak_value == pytest.approx(extent_s)


def test_events_at_the_very_end_are_not_lost() -> None:
    (finding,) = claims({}, late=[event(100, DecodeFault.TRUNCATED)])
    assert finding.span.start_s == 4.0


def test_late_events_at_the_time_of_the_last_frame_join_it() -> None:
    last = Sample(99 * FRAME, TICK, None, events=(event(99, DecodeFault.TRUNCATED),))
    samples = [*event_samples(100, {}), {"events": last}]
    track = measured("decode_error", samples, 4.0, video())
    assert len(track) == 100
    assert track.metrics["truncated"][-1] == 1
