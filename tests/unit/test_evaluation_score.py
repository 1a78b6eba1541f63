"""Figures from results, and the documents that are made of them."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from core.evaluation.page import html_page
from core.evaluation.peer import Trace
from core.evaluation.record import Claim, Result
from core.evaluation.report import as_json, reports_of
from core.evaluation.run import Evaluated, Order
from core.evaluation.score import edges_ms, off_photographs, pooled, report_on
from core.evaluation.source import Kind, Source
from core.evaluation.table import markdown

VOID = {"meta", "br", "line", "rect", "circle", "polyline"}


def claim(detector: str, start: float, end: float, *, fyi: bool = False) -> Claim:
    return Claim(detector, start, end, fyi, 0.8, "because")


def artifact(defect: str, start: float, end: float) -> Claim:
    return replace(claim("audio_artifact", start, end), defect=defect)


def tried(
    defect: str, severity: float, claims: tuple[Claim, ...], group: str = "main", variant: str = ""
) -> Result:
    trial = {
        "source": "a.mp4",
        "defect": defect,
        "severity": severity,
        "variant": variant,
        "coding": "h264",
        "group": group,
        "captioned": False,
        "seconds": 8.0,
        "whole": False,
    }
    truth = {defect: ((2.0, 3.0),)} if defect else {}
    traces = {"black": {"pix_th=0.1:pic_th=0.98": Trace(((2.0, 3.0),), end_s=8.0)}}
    return Result("a.mp4", "filmed", trial, truth, {"video": 8.0}, claims, traces)


def clean(kind: str, claims: tuple[Claim, ...] = (), seconds: float = 1800.0) -> Result:
    traces = {"black": {"pix_th=0.1:pic_th=0.98": Trace(((0.0, 9.0),), end_s=seconds)}}
    return Result(f"{kind}.mp4", kind, None, {}, {"video": seconds}, claims, traces)


RESULTS = (
    tried("black", 0.25, ()),
    tried("black", 0.25, (claim("black", 2.1, 3.0, fyi=True),)),
    tried("black", 1.0, (claim("black", 2.1, 3.2),)),
    tried("black", 1.0, (claim("black", 2.0, 3.0), claim("black", 6.0, 7.0))),
    tried("black", 1.0, (), "codec"),
    tried("freeze", 1.0, (claim("black", 2.0, 2.5),)),
    tried("", 0.0, (claim("black", 1.0, 2.0),), "twin"),
    clean("filmed", (claim("black", 5.0, 6.0), claim("black", 9.0, 9.5, fyi=True))),
    clean("photo", (claim("black", 1.0, 2.0),)),
    Result("b.mp4", "real", None, {}, {"video": 3.0}, (claim("black", 0.0, 1.0),)),
    Result("broken|file.mp4", "filmed", faults=("It cannot be read.",)),
)


def evaluated(results: tuple[Result, ...] = RESULTS) -> Evaluated:
    order = Order((Path("in"),), (), ("black", "freeze", "phase"), Path("work"))
    return Evaluated(order, (Source(Path("a.mp4"), Kind.FILMED, "test"),), ("note.doc",), results)


def test_recall_counts_alarms_and_tells_fyi_apart() -> None:
    main = report_on("black", RESULTS).main
    assert (main.truths, main.hits, main.fyi) == (4, 2, 1)
    assert main.recall == 0.5


def test_extra_findings_and_those_on_the_clean_twin_cost_precision() -> None:
    main = report_on("black", RESULTS).main
    assert main.false == 2
    assert main.precision == 0.5
    assert main.f1 == pytest.approx(0.5)


def test_severities_and_what_is_held_out_are_apart() -> None:
    report = report_on("black", RESULTS)
    assert {s: (one.hits, one.truths) for s, one in report.by_severity.items()} == {
        0.25: (0, 2),
        1.0: (2, 2),
    }
    assert (report.held_out["codec"].hits, report.held_out["codec"].truths) == (0, 1)


def test_alarms_on_clean_content_are_told_by_kind_and_never_from_damaged_files() -> None:
    alarms = report_on("black", RESULTS).alarms
    assert {k: (a.count, a.fyi, a.hours) for k, a in alarms.items()} == {
        "filmed": (1, 1, 0.5),
        "photo": (1, 0, 0.5),
    }
    assert off_photographs(alarms).rate == 2.0


def test_a_detector_of_sound_has_no_hours_in_silent_film() -> None:
    assert report_on("phase", RESULTS).alarms == {}


def test_findings_on_another_defect_are_listed_by_it() -> None:
    assert report_on("black", RESULTS).elsewhere == {"freeze": 1}


SOUNDS = (
    tried("distortion", 1.0, (claim("audio_artifact", 2.0, 3.0),)),
    tried("distortion", 1.0, (artifact("clicks", 2.0, 3.0),)),
    tried("distortion", 1.0, (artifact("distortion", 2.0, 3.0), artifact("hum", 5.0, 8.0))),
    tried("hum", 1.0, (artifact("hum", 2.1, 3.0), artifact("hiss", 2.0, 3.0))),
    tried("", 0.0, (artifact("hiss", 1.0, 2.0),), "twin"),
)


def test_only_a_finding_that_names_the_defect_answers_it() -> None:
    main = report_on("audio_artifact", SOUNDS).main
    assert (main.truths, main.hits) == (3, 2)
    # Clicks and hum that are not there, and hiss on the clean twin.
    assert main.false == 3


def test_other_defects_that_a_detector_may_name_are_told_apart() -> None:
    report = report_on("audio_artifact", SOUNDS)
    assert set(report.also) == {"hum"}
    hum = report.also["hum"]
    assert (hum.truths, hum.hits, hum.false) == (1, 1, 2)
    assert report.elsewhere == {"distortion": 1, "hum": 1}


def test_a_second_fault_that_is_there_and_named_right_is_no_false_alarm() -> None:
    both = tried("distortion", 1.0, (artifact("distortion", 2, 3), artifact("hum", 5.0, 6.0)))
    both = replace(both, truth={**both.truth, "hum": ((5.0, 6.5),)})
    assert report_on("audio_artifact", (both,)).main.false == 0


def test_edges_are_medians_and_95th_percentiles_of_sizes() -> None:
    assert edges_ms(()) is None
    assert edges_ms((-0.1, 0.1, 0.3)) == pytest.approx((100.0, 280.0))


def test_ffmpeg_is_judged_on_the_same_files() -> None:
    peer = report_on("black", RESULTS).peer
    assert peer is not None
    assert peer.default is not None
    assert peer.best is not None
    assert peer.default.score.hits == 0  # Its shortest length is 2 s.
    assert peer.best.score.hits == 4
    assert peer.best.alarms["filmed"].count == 1


def misleading(decoy: str, claims: tuple[Claim, ...], worst: float) -> Result:
    """A clip of ten minutes; blocks stand out from one minute on."""
    trial = {"decoy": decoy, "seed": 1, "defect": "", "coding": "h264", "group": "decoy"}
    trace = Trace((), (0.0, 60.0, 120.0), (1.0, worst, 1.0), 600.0)
    traces = {"blockiness": {"block": trace}}
    return Result("a.mp4", "filmed", trial, {}, {"video": 600.0}, claims, traces)


def blocky(claims: tuple[Claim, ...], worst: float) -> Result:
    damaged = tried("blockiness", 1.0, claims)
    trace = Trace((), (0.0, 2.0, 3.0), (1.0, worst, 1.0), 8.0)
    return replace(damaged, traces={"blockiness": {"block": trace}})


DECOYED = (
    blocky((claim("blockiness", 2.0, 3.0),), 5.0),
    misleading("rain", (claim("blockiness", 60.0, 61.0), claim("blockiness", 9.0, 9.5)), 2.0),
    misleading("rain", (claim("blockiness", 60.0, 61.0, fyi=True),), 2.0),
    misleading("mosaic", (), 9.0),
    clean("filmed", (claim("blockiness", 1.0, 2.0),)),
    replace(clean("real", (claim("blockiness", 1.0, 2.5),)), twin="x.mp4"),
    replace(clean("reference", (claim("blockiness", 1.0, 2.0),) * 3), name="x.mp4"),
)


def test_alarms_on_what_only_looks_damaged_are_apart_from_clean_film() -> None:
    report = report_on("blockiness", DECOYED)
    told = {name: (a.count, a.fyi, a.files, a.seconds) for name, a in report.decoys.items()}
    assert told == {"mosaic": (0, 0, 1, 600.0), "rain": (2, 1, 2, 1200.0)}
    assert {kind: alarms.count for kind, alarms in report.alarms.items()} == {"filmed": 1}
    assert report.main.false == 0
    assert pooled(report.decoys.values()).upper == pytest.approx(6.2958 / 0.5, abs=1e-3)


def test_ffmpeg_sees_the_same_misleading_clips_at_its_best_threshold() -> None:
    peer = report_on("blockiness", DECOYED).peer
    assert peer is not None
    assert peer.best is not None
    assert peer.best.score.f1 == 1.0
    assert {name: alarms.files for name, alarms in peer.best.decoys.items()} == {
        "mosaic": 1,
        "rain": 2,
    }
    assert peer.best.decoys["mosaic"].count == 1


def test_detectors_that_nothing_of_it_can_mislead_have_no_such_figures() -> None:
    report = report_on("black", (*RESULTS, *DECOYED))
    assert report.decoys == {}
    assert report.main == report_on("black", RESULTS).main


def test_documents_tell_each_decoy_and_damaged_files_beside_their_twins() -> None:
    order = Order((Path("in"),), (), ("blockiness", "black"), Path("work"))
    work = Evaluated(order, (), (), DECOYED)
    reports = reports_of(work)
    text = markdown(work, reports)
    section = text.split("## Clean content that looks damaged")[1].split("## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    assert [row.split("|")[1].strip() for row in rows[2:]] == ["mosaic", "rain", "**all**"]
    assert rows[3].split("|")[2:5] == [" 2 ", " 0.333 ", " 2 (+1 FYI) "]
    assert "| real.mp4 | video 1800.0 s | 1 | 1.50 | 0.80 | 3 (x.mp4) |" in text
    assert "On what only looks damaged" in html_page(work, reports)
    document = json.loads(json.dumps(as_json(work, reports), allow_nan=False))
    assert document["detectors"]["blockiness"]["decoys"]["total"]["count"] == 2
    assert document["detectors"]["blockiness"]["ffmpeg"]["best"]["decoys"]["total"]["files"] == 3
    assert document["detectors"]["black"]["decoys"] is None
    assert [row["decoy"] for row in document["decoys"]] == ["rain", "rain", "mosaic"]
    assert [row["file"] for row in document["clean"]] == ["filmed.mp4"]
    assert document["real"][0]["answers"]["blockiness"]["twin_flags"] == 3


class Balanced(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not any(value and value.startswith("http") for _, value in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def test_the_page_is_whole_and_needs_nothing_from_elsewhere() -> None:
    work = evaluated()
    page = html_page(work, reports_of(work))
    parser = Balanced()
    parser.feed(page)
    assert parser.open == []
    assert {"svg", "rect", "circle", "table"} <= parser.seen
    assert "nan" not in page


def test_the_json_says_everything_and_is_json() -> None:
    work = evaluated()
    document = json.loads(json.dumps(as_json(work, reports_of(work)), allow_nan=False))
    black = document["detectors"]["black"]
    assert black["main"]["hits"] == 2
    assert black["ffmpeg"]["best"]["hits"] == 4
    assert black["clean"]["filmed"]["per_hour_upper"] == pytest.approx(4.7439 / 0.5, abs=1e-3)
    assert document["detectors"]["phase"]["not_tried"]
    assert [row["file"] for row in document["real"]] == ["b.mp4"]
    assert document["unread"] == ["note.doc"]


def test_the_tables_have_as_many_cells_as_heads_and_name_what_was_left_out() -> None:
    work = evaluated()
    text = markdown(work, reports_of(work))
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in lines}) <= 1, block
    assert "b.mp4" in text
    assert "It cannot be read." in text
    assert "note.doc" in text


def test_an_evaluation_without_clips_still_gives_its_documents() -> None:
    work = evaluated((clean("filmed"),))
    reports = reports_of(work)
    assert "no source that it can be made in" in markdown(work, reports)
    assert html_page(work, reports).startswith("<!doctype html>")
