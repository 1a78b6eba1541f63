"""The guards in conftest.py really fail a test that leaks, warns or forgets."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.leak import leaked_threads
from helpers.log import LogGuard

from core.config.paths import default_store


def test_a_thread_left_running_is_named_with_its_place() -> None:
    stop = threading.Event()
    before = frozenset(threading.enumerate())
    thread = threading.Thread(target=stop.wait, name="forgotten", daemon=True)
    thread.start()
    found = leaked_threads(before, patience_s=0.0)
    stop.set()
    thread.join()
    assert len(found) == 1
    assert "'forgotten'" in found[0]
    assert "wait" in found[0]
    assert leaked_threads(before, patience_s=0.0) == []


def test_a_thread_that_is_just_ending_is_given_time() -> None:
    before = frozenset(threading.enumerate())
    stop = threading.Event()
    thread = threading.Thread(target=lambda: stop.wait(0.05))
    thread.start()
    assert leaked_threads(before, patience_s=5.0) == []


def test_a_warning_nobody_expected_is_reported() -> None:
    guard = LogGuard()
    guard.handle(logging.makeLogRecord({"levelno": 30, "levelname": "WARNING", "msg": "odd"}))
    assert guard.unexpected() == ["WARNING None: odd"]
    guard.expect("^WARNING .*odd$")
    assert guard.unexpected() == []
    assert guard.missing() == []


def test_an_expected_record_that_never_comes_is_reported() -> None:
    guard = LogGuard()
    guard.expect("never")
    assert guard.missing() == ["never"]


@pytest.mark.expect_log("by marker")
def test_records_are_expected_by_marker_and_by_fixture(expect_log: Callable[[str], None]) -> None:
    expect_log("by fixture")
    logging.getLogger("onglass.test").warning("expected by marker")
    logging.getLogger("onglass.test").error("expected by fixture")


def test_every_test_has_a_home_of_its_own(home: Path) -> None:
    assert Path(os.environ["ONGLASS_HOME"]) == home
    assert home in default_store().parents
    assert list(home.iterdir()) == []


def test_whole_guard_fails_leaking_and_warning_tests(pytester: pytest.Pytester) -> None:
    conftest = Path(__file__).resolve().parents[1] / "conftest.py"
    pytester.makeconftest(conftest.read_text(encoding="utf-8"))
    pytester.makepyfile(
        """
        import logging, threading, pytest
        def test_leaks(monkeypatch):
            threading.Thread(target=threading.Event().wait, name="lost", daemon=True).start()
        def test_warns():
            logging.getLogger("a.b").warning("trouble")
        @pytest.mark.expect_log("promised")
        def test_promises():
            pass
        def test_is_fine():
            logging.getLogger("a.b").info("calm")
        """
    )
    pytester.makeini("[pytest]\naddopts = --strict-markers\n")
    root = Path(__file__).resolve().parents[1]
    result = pytester.runpytest_subprocess(
        "-p", "no:cacheprovider", "-o", f"pythonpath={root}", "-o", "filterwarnings=error"
    )
    result.assert_outcomes(passed=4, errors=3)
    result.stdout.fnmatch_lines(["*thread 'lost' was left running*"])
    result.stdout.fnmatch_lines(["*unexpected log record: WARNING a.b: trouble*"])
    result.stdout.fnmatch_lines(["*expected log record never came: promised*"])
