from __future__ import annotations

import threading

import pytest

from core.domain.errors import BugError, CancelledError
from core.jobs.lane import Channel, Job, Lane
from core.jobs.progress import CancelToken, Progress, ProgressMeter


def test_jobs_run_in_order_and_give_their_results() -> None:
    order: list[int] = []

    def square(number: int) -> int:
        order.append(number)
        return number * number

    with Lane("test") as lane:
        jobs = [lane.submit(lambda _t, i=i: square(i)) for i in range(5)]  # type: ignore[misc]
        assert [job.result(30) for job in jobs] == [0, 1, 4, 9, 16]
    assert order == [0, 1, 2, 3, 4]


def test_error_is_raised_where_the_result_is_used_and_the_lane_goes_on() -> None:
    with Lane("test") as lane:
        broken = lane.submit(lambda _t: 1 / 0)
        fine = lane.submit(lambda _t: 7)
        with pytest.raises(ZeroDivisionError):
            broken.result(30)
        assert fine.result(30) == 7


def test_newest_cancels_what_runs_and_what_waits() -> None:
    running = threading.Event()

    def wait(token: CancelToken) -> None:
        running.set()
        while True:
            token.check()

    with Lane("test") as lane:
        first = lane.submit(wait)
        second = lane.submit(wait)
        assert running.wait(30)
        newest = lane.submit_newest(lambda _t: "new")
        assert newest.result(30) == "new"
        for job in (first, second):
            with pytest.raises(CancelledError):
                job.result(30)


def test_closing_joins_the_thread_and_cancels_the_queue() -> None:
    lane = Lane("closing lane")
    started = threading.Event()

    def wait(token: CancelToken) -> None:
        started.set()
        while True:
            token.check()

    running = lane.submit(wait)
    queued = lane.submit(lambda _t: 1)
    assert started.wait(30)
    lane.close()
    assert "closing lane" not in {t.name for t in threading.enumerate()}
    assert isinstance(running.error, CancelledError)
    assert isinstance(queued.error, CancelledError)
    with pytest.raises(BugError):
        lane.submit(lambda _t: 1)


def test_on_done_sees_the_finished_job() -> None:
    seen: list[Job[int]] = []
    with Lane("test") as lane:
        lane.submit(lambda _t: 3, seen.append).result(30)
    assert [job.result() for job in seen] == [3]


def test_channel_delivers_everything_then_raises_the_producers_error() -> None:
    channel: Channel[int] = Channel(2)

    def produce() -> None:
        for i in range(20):
            channel.put(i)
        channel.end(ValueError("at the end"))

    thread = threading.Thread(target=produce)
    thread.start()
    got: list[int] = []
    with pytest.raises(ValueError, match="at the end"):
        got.extend(channel)
    thread.join()
    assert got == list(range(20))


def test_abandoned_channel_frees_a_waiting_producer() -> None:
    channel: Channel[int] = Channel(1)
    errors: list[BaseException] = []

    def produce() -> None:
        try:
            while True:
                channel.put(1)
        except CancelledError as error:
            errors.append(error)

    thread = threading.Thread(target=produce)
    thread.start()
    channel.abandon()
    thread.join(30)
    assert len(errors) == 1


def test_progress_is_thinned_but_forced_reports_pass() -> None:
    seen: list[Progress] = []
    meter = ProgressMeter(seen.append, 100.0, "Reading", interval_s=3600.0)
    for done_s in range(50):
        meter.update(float(done_s))
    meter.update(100.0, force=True)
    assert [p.done_s for p in seen] == [0.0, 100.0]
    assert seen[-1].fraction == 1.0
    assert seen[-1].speed > 0


def test_speed_after_resuming_counts_only_what_was_done_now() -> None:
    seen: list[Progress] = []
    ProgressMeter(seen.append, 100.0, "Reading", done_s=90.0).update(90.0, force=True)
    assert seen[0].speed == 0.0
    assert seen[0].left_s is None
