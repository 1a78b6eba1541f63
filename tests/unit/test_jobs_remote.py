from __future__ import annotations

import os
import queue
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import psutil
import pytest
from helpers.fake_worker import COMMAND

from core.domain.errors import BugError, CancelledError, KnownError
from core.jobs.progress import Progress
from core.jobs.remote import RemoteWorker, crash_sentence, worker_command
from core.jobs.request import (
    AnalyseRequest,
    AnalyseResult,
    HeatRequest,
    HeatResult,
    PrepareRequest,
    PrepareResult,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the fake worker uses signals")

WAIT_S = 60


class Desk:
    """Collects what the callbacks bring."""

    def __init__(self, command: list[str]) -> None:
        self.ends: queue.Queue[tuple[int, object]] = queue.Queue()
        self.progress: queue.Queue[tuple[int, Progress]] = queue.Queue()
        self.worker = RemoteWorker(
            lambda job, progress: self.progress.put((job, progress)),
            lambda job, result: self.ends.put((job, result)),
            lambda job, error: self.ends.put((job, error)),
            command,
        )

    def end(self) -> tuple[int, object]:
        return self.ends.get(timeout=WAIT_S)

    def analyse(self, name: str) -> int:
        return self.worker.submit(AnalyseRequest(Path(f"{name}.mp4"), "sqlite:///x.db"))


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk(COMMAND)
    yield desk
    desk.worker.close()


def test_result_and_progress_come_back_with_the_job_number(desk: Desk) -> None:
    job = desk.analyse("fine")
    number, result = desk.end()
    assert number == job
    assert isinstance(result, AnalyseResult)
    assert result.run_id == "run of fine"
    assert desk.progress.get(timeout=WAIT_S) == (job, Progress(1.0, 4.0, 2.0, "Reading"))


def test_jobs_run_in_another_process_at_lower_priority(desk: Desk) -> None:
    desk.analyse("forever")
    desk.progress.get(timeout=WAIT_S)
    assert desk.worker.pid not in (None, os.getpid())
    assert psutil.Process(desk.worker.pid).nice() >= min(psutil.Process().nice() + 10, 19)


def test_key_and_address_are_not_in_the_argument_list(desk: Desk) -> None:
    desk.analyse("forever")
    desk.progress.get(timeout=WAIT_S)
    assert psutil.Process(desk.worker.pid).cmdline() == COMMAND


def test_known_error_crosses_with_sentence_and_details(desk: Desk) -> None:
    desk.analyse("known")
    _, error = desk.end()
    assert isinstance(error, KnownError)
    assert (error.sentence, error.details) == ("The file is no good.", "in full")


def test_other_errors_cross_as_bugs_with_the_traceback(desk: Desk) -> None:
    desk.analyse("bug")
    _, error = desk.end()
    assert isinstance(error, BugError)
    assert "ZeroDivisionError" in error.sentence
    assert "Traceback" in error.details


def test_cancelling_a_running_job_ends_it_as_cancelled(desk: Desk) -> None:
    job = desk.analyse("forever")
    desk.progress.get(timeout=WAIT_S)
    desk.worker.cancel(job)
    number, error = desk.end()
    assert number == job
    assert isinstance(error, CancelledError)


def test_cancelling_a_queued_job_ends_it_before_it_begins(desk: Desk) -> None:
    first = desk.analyse("forever")
    second = desk.analyse("segfault")
    desk.worker.cancel(second)
    desk.worker.cancel(first)
    ends = dict([desk.end(), desk.end()])
    assert {type(ends[first]), type(ends[second])} == {CancelledError}


def test_preparation_runs_beside_an_analysis(desk: Desk) -> None:
    desk.analyse("forever")
    job = desk.worker.submit(PrepareRequest(Path("fine.mp4")))
    number, result = desk.end()
    assert number == job
    assert isinstance(result, PrepareResult)


@pytest.mark.parametrize(
    ("name", "why"), [("segfault", "decoder crashed on this file"), ("killed", "from outside")]
)
def test_crash_fails_the_running_job_with_a_sentence_and_the_next_job_runs(
    desk: Desk, name: str, why: str
) -> None:
    job = desk.analyse(name)
    number, error = desk.end()
    assert number == job
    assert isinstance(error, KnownError)
    assert error.sentence.startswith(f"The analysis of {name}.mp4 stopped")
    assert why in error.sentence
    desk.analyse("fine")
    assert isinstance(desk.end()[1], AnalyseResult)


def test_jobs_queued_behind_a_crash_are_still_done(desk: Desk) -> None:
    desk.analyse("segfault")
    second = desk.analyse("fine")
    ends = dict([desk.end(), desk.end()])
    assert isinstance(ends[second], AnalyseResult)


def test_child_that_cannot_start_fails_all_jobs_with_its_own_words() -> None:
    desk = Desk([sys.executable, "-c", "raise SystemExit('no such thing here')"])
    try:
        desk.analyse("fine")
        _, error = desk.end()
        assert isinstance(error, KnownError)
        assert "could not be started" in error.sentence
        assert "no such thing here" in error.details
    finally:
        desk.worker.close()


def test_closing_ends_the_process_and_takes_no_more_work(desk: Desk) -> None:
    desk.analyse("forever")
    desk.progress.get(timeout=WAIT_S)
    pid = desk.worker.pid
    assert pid is not None
    desk.worker.close()
    desk.worker.close()
    assert not psutil.pid_exists(pid)
    with pytest.raises(BugError):
        desk.analyse("fine")


def test_child_leaves_when_the_desk_is_killed() -> None:
    script = (
        "import sys, threading; from pathlib import Path;"
        "from core.jobs.remote import RemoteWorker; from core.jobs.request import AnalyseRequest;"
        "ready = threading.Event();"
        f"w = RemoteWorker(lambda j, p: ready.set(), print, print, {COMMAND!r});"
        "w.submit(AnalyseRequest(Path('forever.mp4'), '')); ready.wait();"
        "print(w.pid, flush=True); sys.stdin.read()"
    )
    desk = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert desk.stdin is not None
    assert desk.stdout is not None
    child = psutil.Process(int(desk.stdout.readline()))
    desk.kill()
    desk.wait()
    desk.stdin.close()
    desk.stdout.close()
    child.wait(WAIT_S)


def test_frozen_program_starts_itself_as_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worker_command()[-2:] == ["-m", "core.worker"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command() == [sys.executable, "--worker"]


def test_heat_maps_are_made_beside_an_analysis_and_a_preparation(desk: Desk) -> None:
    desk.analyse("forever")
    desk.worker.submit(PrepareRequest(Path("forever.mp4")))
    job = desk.worker.submit(HeatRequest(Path("fine.mp4"), 40, 0))
    number, result = desk.end()
    assert number == job
    assert isinstance(result, HeatResult)
    assert (result.heat.pts, result.heat.base) == (40, Fraction(1, 25))
    assert result.heat.at(33, 0) == 1.0


def test_crash_over_a_frame_names_the_heat_map() -> None:
    sentence = crash_sentence(HeatRequest(Path("a.mp4"), 40, 0), -11)
    assert sentence.startswith("A heat map of a.mp4")


def test_crash_of_a_preparation_names_what_is_missing() -> None:
    sentence = crash_sentence(PrepareRequest(Path("a.mp4")), -11)
    assert sentence.startswith("Waveform and thumbnails of a.mp4")
