"""Two processes deciding at once on one store: nothing lost, nothing doubled, all seen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.desk_campaign import Campaign, run_campaign
from helpers.postgres import programs, server

from core.store.check import check
from core.store.store import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(tmp_path / "s.db")
        return
    pytest.importorskip("psycopg", reason="SKIPPED: psycopg is not installed")
    found = programs()
    if found is None or os.name != "posix":
        pytest.skip("SKIPPED: PostgreSQL is not installed")
    with server(found) as url:
        yield url


def held(url: str, each: int) -> Campaign:
    campaign = run_campaign(url, each)
    with Store.open(url) as store:
        rows = store.verdicts.all()
        assert check(store).ok
    ids = [row.id for row in rows]
    assert len(set(ids)) == len(ids) == campaign.expected
    assert set(ids) == set(campaign.acknowledged)
    for reviewer in ("ann", "bob"):
        said = [r.comment for r in rows if r.reviewer == reviewer and not r.undoes]
        assert said == [str(number) for number in range(each)]
    assert len(campaign.delays_s) == campaign.expected
    return campaign


def test_two_desks_that_decide_at_once_lose_and_double_nothing(url: str) -> None:
    held(url, each=40)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_ten_thousand_verdicts_of_two_desks_are_kept_once_and_seen(url: str) -> None:
    campaign = held(url, each=4_200)
    assert campaign.expected >= 10_000
