"""Capacity: figures come from the table, grow as they should, and are told in plain words."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from core.catalog.table import DETECTORS
from core.cli.app import main
from core.domain.errors import KnownError
from core.scan.capacity import Catalogue, Work, plan_catalogue, plan_channels, simulate
from core.scan.capacity_page import scale_page
from core.scan.cost import Content, CostTable, EngineCost, SizeCost, hour_cost, load_costs

TABLE = CostTable(
    machine="a machine",
    cores=2,
    reference=100.0,
    sizes=(
        SizeCost(500_000, 2.0, {"black": 1.0, "freeze": 1.0, "block_corruption": 10.0}, 1.0),
        SizeCost(2_000_000, 8.0, {"black": 2.0, "freeze": 2.0, "block_corruption": 40.0}, 2.0),
    ),
    sound_decode_ms=4.0,
    sound_ms={"silence": 2.0, "audio_artifact": 50.0},
    sound_together_ms=2.0,
    bytes_hour={"plain": 1e6, "networks": 1e7},
    rows_hour={"plain": 1e5, "networks": 2e5},
    memory_mib={"plain": 500.0, "networks": 2000.0},
    engine=EngineCost(5.0, 0.1, 0.01),
    backup_mib_s=100.0,
)
HALF = Content(1250, 1000, 25.0)
PLAIN = ("black", "freeze", "silence")


def test_cost_of_a_size_in_between_lies_on_the_line() -> None:
    cost = hour_cost(TABLE, HALF, PLAIN)
    assert cost.decode_s == pytest.approx(5.0 * 90 + 4.0 * 3.6)
    # Half of each, because together they take half of their sum.
    assert cost.own_s == pytest.approx({"black": 67.5, "freeze": 67.5, "silence": 7.2})
    assert cost.real_time == pytest.approx(3600 / cost.total_s)


def test_networks_share_nothing_and_what_has_no_figure_is_named() -> None:
    cost = hour_cost(TABLE, HALF, ("block_corruption", "audio_artifact", "nonsense"))
    assert cost.own_s == pytest.approx({"block_corruption": 25 * 90.0, "audio_artifact": 180.0})
    assert cost.unknown == ("nonsense",)


def test_faster_core_takes_less_in_proportion() -> None:
    slow, fast = (hour_cost(TABLE, HALF, PLAIN, speed).total_s for speed in (1.0, 2.0))
    assert fast == pytest.approx(slow / 2)


def test_fewest_workers_make_the_day_and_one_less_does_not() -> None:
    catalogue = Catalogue(1000, 1.0, content=HALF)
    plan = plan_catalogue(TABLE, catalogue, PLAIN, days=1.0)
    assert plan.forecast.wall_s <= 86_400
    fewer = plan_catalogue(TABLE, catalogue, PLAIN, workers=plan.workers - 1)
    assert fewer.forecast.wall_s > 86_400
    assert plan.store_bytes == pytest.approx(1e9)


def test_writer_is_the_limit_where_tasks_are_short() -> None:
    works = [Work(1.0)] * 1000
    told = simulate(works, 500, 0.1)
    assert told.wall_s == pytest.approx(101.0)
    short = plan_catalogue(TABLE, Catalogue(1000, 1 / 3600, content=HALF), PLAIN, workers=1)
    assert short.limits[0].name == "one writer"
    assert short.limits[0].workers < 100
    long = plan_catalogue(TABLE, Catalogue(100, 1.0, content=HALF), PLAIN, workers=1)
    assert long.limits[0].name == "gigabit network for the media"


def test_memory_gives_out_only_where_a_worker_takes_more_than_its_share() -> None:
    plan = plan_catalogue(TABLE, Catalogue(10), PLAIN, workers=1)
    assert math.isinf(next(x.workers for x in plan.limits if x.name.startswith("memory")))
    greedy = replace(TABLE, memory_mib={"plain": 8192.0, "networks": 8192.0})
    plan = plan_catalogue(greedy, Catalogue(10), PLAIN, workers=1)
    assert plan.limits[0].name.startswith("memory")


def test_channels_take_cores_in_proportion() -> None:
    one, many = (plan_channels(TABLE, count, HALF, PLAIN) for count in (1, 2000))
    assert many.cores == pytest.approx(2000 * one.cores)
    assert one.cores * one.channels_a_core == pytest.approx(1.0)
    assert many.ingest_bytes_s == pytest.approx(2e9)


def test_shipped_costs_are_whole() -> None:
    table = load_costs()
    assert all(ms > 0 for size in table.sizes for ms in size.own_ms.values())
    known = {*table.sizes[0].own_ms, *table.sound_ms}
    missing = set(DETECTORS) - known
    # Those that read captions or the tracks of others cost next to nothing.
    assert missing <= {name for name in DETECTORS if name.startswith("caption")} | {"letterbox"}


def test_shipped_page_holds_what_the_shipped_costs_say() -> None:
    page = scale_page(load_costs(), tuple(DETECTORS))
    text = (Path(__file__).parents[2] / "docs" / "scale.md").read_text("utf-8")
    for line in filter(None, page.splitlines()):
        assert line in text


def test_file_of_another_form_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    for text in ("", "[]", '{"machine": 1}'):
        path.write_text(text)
        with pytest.raises(KnownError, match="does not hold measured costs"):
            load_costs(path)


def test_command_tells_people_and_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["capacity", "--titles", "1000", "--days", "7"]) == 0
    told = capsys.readouterr().out
    assert "1,000 titles" in told
    assert "What gives out first" in told
    assert main(["capacity", "--channels", "20", "--size", "960x540@25", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["channels"] == 20
    assert document["cores"] > 0


def test_command_wants_titles_or_channels(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["capacity"]) == 1
    assert "--titles" in capsys.readouterr().err
    assert main(["capacity", "--titles", "1", "--channels", "1"]) == 1
    assert main(["capacity", "--titles", "1", "--size", "big"]) == 2
