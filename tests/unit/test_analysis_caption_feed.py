"""Captions reach their detectors: in groups, in the base of their stream, and never at the cost
of the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

import pytest
from helpers.clip import make_clip

from core.analysis import meter, plan
from core.analysis.measure import measure_title
from core.catalog import table
from core.catalog.spec import DetectorSpec, MetricSpec
from core.detectors.base import Detector, Row, Sample
from core.domain.defect import Severity
from core.media.probe import probe

SRT = """1
00:00:00,200 --> 00:00:01,000
Hello.

2
00:00:01,100 --> 00:00:01,900
Two at

3
00:00:01,100 --> 00:00:01,800
once.
"""


class CueCounter(Detector):
    id: ClassVar[str] = "cue_counter"

    def reset(self) -> None:
        pass

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        sample = views["cues"]
        return [Row(sample.pts, (float(len(sample.cues)),))]


def spec(name: str, views: tuple[str, ...], after: tuple[str, ...] = ()) -> DetectorSpec:
    return DetectorSpec(
        name,
        "caption_readability",
        name,
        "",
        views,
        (MetricSpec("count", "Count", "", 0, 10),),
        (),
        lambda *_: [],
        Severity.FYI,
        "",
        after,
    )


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalog of a caption detector and one of sound that reads its track."""
    specs = table.table_of(
        spec("cue_counter", ("cues",)), spec("listener", ("audio",), ("cue_counter",))
    )
    listener = type("Listener", (CueCounter,), {"id": "listener", "measure": lambda *_: []})
    classes = {"cue_counter": CueCounter, "listener": listener}
    monkeypatch.setattr(plan, "DETECTORS", MappingProxyType(dict(specs)))
    monkeypatch.setattr(meter, "detector_class", classes.__getitem__)
    monkeypatch.setattr(plan, "detector_class", classes.__getitem__)


@pytest.mark.usefixtures("counted")
def test_cues_that_start_together_come_together(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    make_clip(clip, 2.0)
    clip.with_suffix(".srt").write_text(SRT, encoding="utf-8")
    (track,) = measure_title(probe(clip), ["cue_counter"]).tracks
    assert track.base == Fraction(1, 1000)
    assert track.pts.tolist() == [200, 1100]
    assert track.metrics["count"].tolist() == [1, 2]
    assert track.end == 1900


@pytest.mark.usefixtures("counted")
def test_detector_that_reads_captions_is_left_out_where_there_are_none(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    make_clip(clip, 1.0)
    bare = probe(clip)
    specs = list(plan.DETECTORS.values())
    clip.with_suffix(".srt").write_text(SRT, encoding="utf-8")
    captioned = probe(clip)
    assert {s.id for some in plan.plan(captioned, specs).specs.values() for s in some} == {
        "cue_counter",
        "listener",
    }
    with pytest.raises(Exception, match="nothing that these detectors can measure"):
        plan.plan(bare, specs)


@pytest.mark.usefixtures("counted")
def test_captions_as_pictures_are_not_measured(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    make_clip(clip, 1.0)
    clip.with_suffix(".srt").write_text(SRT, encoding="utf-8")
    title = probe(clip)
    drawn = replace(title, captions=(replace(title.captions[0], codec="hdmv_pgs_subtitle"),))
    with pytest.raises(Exception, match="nothing that these detectors can measure"):
        plan.plan(drawn, list(plan.DETECTORS.values()))


@pytest.mark.usefixtures("counted")
def test_unreadable_captions_cost_their_own_detectors_only(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    make_clip(clip, 1.0)
    clip.with_suffix(".scc").write_text("no captions at all", encoding="utf-8")
    measured = measure_title(probe(clip), ["cue_counter"])
    assert [len(track) for track in measured.tracks] == [0]
    assert measured.faults == ("The captions in clip.scc cannot be read.",)
