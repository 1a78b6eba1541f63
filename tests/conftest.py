"""What every test gets: a home of its own, Qt without a screen, and guards against leaks.

- `ONGLASS_HOME` points at a fresh folder, so that no test sees a person's settings or store.
- A thread left running fails the test and is named.
- A log record of a warning or worse fails the test, unless it was expected: by the marker
  `@pytest.mark.expect_log("pattern")` or by calling the fixture `expect_log("pattern")`. An
  expected record that never comes fails the test as well.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers.leak import leaked_threads
from helpers.log import LogGuard
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

pytest_plugins = ("pytester",)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Tests read English words, also where the system speaks another language.
os.environ["LANGUAGE"] = "en"

# Machines are shared and drift, so no example is judged by the clock; under CI the examples are
# the same every time, elsewhere they vary and find more.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")

_THREAD_PATIENCE_S = 5.0
_SCREEN_PATIENCE_MS = 60_000

# What a test waits for comes; how soon is for the benches to say, not for a machine that is busy.
for _wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitActive):
    _wait.__kwdefaults__ = {**(_wait.__kwdefaults__ or {}), "timeout": _SCREEN_PATIENCE_MS}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the install test take what was made before."""
    parser.addoption("--bundle", default="", help="folder with a Debian package to try")
    parser.addoption("--bare-root", default="", help="smallest Debian with what the package needs")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker that the log guard reads."""
    config.addinivalue_line(
        "markers", "expect_log(pattern): a log record of a warning or worse that must come"
    )


@pytest.fixture(scope="session", autouse=True)
def _session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home for fixtures that live longer than one test."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONGLASS_HOME", str(home))
        yield home


@pytest.fixture(autouse=True)
def home(
    _session_home: Path, _no_leaked_threads: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The folder that this test's settings, store, caches and logs go to."""
    folder = tmp_path_factory.mktemp("test-home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONGLASS_HOME", str(folder))
        yield folder


@pytest.fixture(autouse=True)
def _no_leaked_threads() -> Iterator[None]:
    before = frozenset(threading.enumerate())
    yield
    leaks = leaked_threads(before, _THREAD_PATIENCE_S)
    if leaks:
        pytest.fail("\n".join(leaks), pytrace=False)


@pytest.fixture(autouse=True)
def _log_guard(request: pytest.FixtureRequest, home: Path) -> Iterator[LogGuard]:
    guard = LogGuard()
    for marker in request.node.iter_markers("expect_log"):
        guard.expect(*marker.args)
    logging.getLogger().addHandler(guard)
    try:
        yield guard
    finally:
        logging.getLogger().removeHandler(guard)
    problems = [f"unexpected log record: {text}" for text in guard.unexpected()]
    problems += [f"expected log record never came: {text}" for text in guard.missing()]
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


@pytest.fixture
def expect_log(_log_guard: LogGuard) -> Callable[[str], None]:
    """Declares a log record, by regular expression over `LEVEL logger: message`."""
    return _log_guard.expect
