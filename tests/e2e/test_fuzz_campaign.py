"""Hostile files through the driver of batches: a few with every test, thousands on demand.

    pytest -m slow tests/e2e/test_fuzz_campaign.py

`ONGLASS_FUZZ_FILES` (2400) and `ONGLASS_FUZZ_SEED` (1) choose how many and which; the report goes
to the folder that `ONGLASS_FUZZ_REPORT` names, else to that of the test.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from helpers.fuzz_campaign import Campaign, Outcome, report
from helpers.fuzz_case import CAPTIONS, Case, Forge

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers are ended by signals")

BAD = {"stuck", "mistake", "mute", "crashed", "lost"}
# One file took 4.6 GiB while FFmpeg looked at its streams, before our limit of pixels applies.
MOST_MIB = 5000
LIMIT_S = 240.0


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    with closing(Campaign(tmp_path, LIMIT_S)) as campaign:
        yield campaign


def judged(outcomes: list[Outcome]) -> list[str]:
    """What should not be, a line a file."""
    return [
        f"{each.case}: {each.outcome}, {each.peak_mib} MiB, {each.sentence}"
        for each in outcomes
        if each.outcome in BAD or each.peak_mib > MOST_MIB
    ]


def test_recipe_gives_the_same_file_every_time(tmp_path: Path) -> None:
    only = ("wav.wav:pcm_s16le", "mp4.mp4:libx264+aac", "mpegts.ts:mpeg2video+mp2")
    with closing(Forge(tmp_path, only)) as forge:
        cases = [*forge.cases(90, seed=3)]
        assert len(set(cases)) == 90
        for case in cases[:24]:
            first = forge.make(case, tmp_path).read_bytes()
            assert forge.make(case, tmp_path).read_bytes() == first


def test_hostile_files_cost_themselves_and_nothing_else(tmp_path: Path) -> None:
    kinds = ("mp4.mp4:libx264+aac", "matroska.mkv:ffv1+pcm_s24le", "mpegts.ts:mpeg2video+mp2")
    with closing(Campaign(tmp_path, LIMIT_S, kinds)) as campaign:
        outcomes = [*campaign.run(campaign.forge.cases(40, seed=11))]
        assert judged(outcomes) == []
        assert {each.outcome for each in outcomes} >= {"analysed", "refused"}
        (last,) = campaign.run([Case("mp4.mp4:libx264+aac", "as_it_is", 0)])
        assert last.outcome == "analysed"
        assert last.sentence == ""


@pytest.mark.slow
def test_thousands_of_hostile_files_in_every_container_and_codec(
    campaign: Campaign, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    count = int(os.environ.get("ONGLASS_FUZZ_FILES", "2400"))
    seed = int(os.environ.get("ONGLASS_FUZZ_SEED", "1"))
    folder = Path(os.environ.get("ONGLASS_FUZZ_REPORT", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    outcomes = [*campaign.run(campaign.forge.cases(count, seed))]
    counts = report(outcomes, folder / "hostile.jsonl")
    text = json.dumps(counts, indent=1)
    (folder / "hostile.json").write_text(text)
    with capsys.disabled():
        print(text)
    assert len({each.container for each in outcomes}) > 40
    assert {each.container for each in outcomes} >= set(CAPTIONS)
    assert judged(outcomes) == []
