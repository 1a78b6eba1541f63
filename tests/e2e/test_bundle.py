"""The bundle on a Debian that has nothing: installed, used, uninstalled without a trace.

    pytest -m slow -n 0 -s tests/e2e/test_bundle.py                     builds first, for minutes
    pytest -m slow -n 0 -s tests/e2e/test_bundle.py --bundle FOLDER     takes the package in there

Needs root, debootstrap with a mirror of Debian, and Xvfb. A verdict is given as a person gives it:
keys of an X server that the real desk shows itself on.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers import bare_root, x_key
from helpers.bare_root import BareRoot
from helpers.x_key import Keyboard, screen

ROOT = Path(__file__).resolve().parents[2]
MIRROR = os.environ.get("ONGLASS_DEBIAN_MIRROR", "http://deb.debian.org/debian")
SAMPLE = "/home/qa/sample.mp4"
PATIENCE_S = 900.0
LOOK_S = 0.2

pytestmark = [pytest.mark.slow, pytest.mark.timeout(5400)]


@pytest.fixture(scope="module")
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    missing = [*bare_root.lacking(), *x_key.lacking()]
    if missing:
        pytest.skip(f"the bundle is NOT tried here; missing: {', '.join(missing)}")
    folder = request.config.getoption("--bundle")
    if not folder:
        folder = str(tmp_path_factory.mktemp("bundle"))
        command = [sys.executable, str(ROOT / "packaging" / "bundle.py"), "--quick"]
        subprocess.run([*command, "--python", sys.executable, "--out", folder], check=True)
    (found,) = Path(folder).glob("*.deb")
    return found.resolve()


def field(package: Path, name: str) -> str:
    return subprocess.run(
        ["dpkg-deb", "--field", str(package), name], capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture(scope="module")
def root(
    package: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> BareRoot:
    if made := request.config.getoption("--bare-root"):
        return BareRoot.of(Path(made))
    needed = [name.split()[0] for name in field(package, "Depends").split(", ")]
    return BareRoot.make(tmp_path_factory.mktemp("bare") / "root", needed, MIRROR)


def wait_for(what: Callable[[], object], process: subprocess.Popen[str]) -> Any:
    """Look again and again until there is something, as long as a process lives."""
    give_up = time.monotonic() + PATIENCE_S
    while time.monotonic() < give_up:
        if found := what():
            return found
        assert process.poll() is None, process.communicate()
        time.sleep(LOOK_S)
    process.kill()
    raise AssertionError(f"nothing came of {what}: {process.communicate()}")


def verdicts(root: BareRoot) -> int:
    """How many verdicts the store holds; read beside the program, as a backup would."""
    path = root.home / ".local/share/onglass/onglass.db"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        (count,) = database.execute("SELECT count(*) FROM verdicts").fetchone()
    return int(count)


def decide_at_the_desk(root: BareRoot) -> float:
    """Open the sample in a window, confirm the first flag by a key, leave.

    Returns:
        Seconds from the start until the window stood.
    """
    with screen() as display:
        keyboard = Keyboard(display)
        begun = time.monotonic()
        desk = root.start("onglass", "review", SAMPLE, DISPLAY=display)

        def window() -> int | None:
            titles = keyboard.windows()
            return next((titles[t] for t in titles if "sample" in t.lower()), None)

        wait_for(lambda: [t for t in keyboard.windows() if "nglass" in t], desk)
        shown_s = time.monotonic() - begun
        stood = wait_for(window, desk)

        def press_until_stored() -> bool:
            keyboard.press(stood, "n")
            time.sleep(2)
            keyboard.press(stood, "c")
            time.sleep(2)
            return verdicts(root) > 0

        wait_for(press_until_stored, desk)
        keyboard.press(stood, "Control_L", "q")
        out, errors = desk.communicate(timeout=PATIENCE_S)
        keyboard.close()
        assert desk.returncode == 0, (out, errors)
    return shown_s


def test_it_is_installed_used_and_leaves_without_a_trace(root: BareRoot, package: Path) -> None:
    (root.folder / "tmp" / package.name).write_bytes(package.read_bytes())
    before = root.files()
    root.run("dpkg", "--install", f"/tmp/{package.name}")
    assert root.run("dpkg", "--audit") == ""

    doctor = json.loads(root.ask("onglass", "doctor", "--json"))
    assert doctor["system"]["frozen"] is True
    missing = {name for name, found in doctor["versions"].items() if found == "missing"}
    assert missing == set()
    assert len(json.loads(root.ask("onglass", "detectors", "--json"))["detectors"]) > 20

    root.ask("onglass", "sample", "--out", SAMPLE)
    root.ask("onglass", "review", SAMPLE, "--screenshot", "/home/qa/desk.png")
    assert (root.home / "desk.png").read_bytes().startswith(b"\x89PNG")
    report = json.loads(root.ask("onglass", "export", SAMPLE, "--format", "json", "--out", "-"))
    assert len(report["entries"]) >= 20
    assert {flag["state"] for flag in report["entries"]} == {"undecided"}

    # Torch, scikit-image and the networks of masks, which the analysis does not touch.
    masks = root.ask("onglass", "annotate", "new", SAMPLE, "--classes", "corrupt").split()[-1]
    asks = ["--granularity", "superpixel:24", "--range", "0-1", "--budget", "4"]
    assert root.ask("onglass", "annotate", "round", masks, *asks)

    shown_s = decide_at_the_desk(root)
    report = json.loads(root.ask("onglass", "export", SAMPLE, "--format", "json", "--out", "-"))
    decided = [flag for flag in report["entries"] if flag["state"] != "undecided"]
    assert decided
    assert {flag["state"] for flag in decided} == {"confirm"}

    installed = int(field(package, "Installed-Size")) / 1000
    print(
        f"\npackage {package.stat().st_size / 1e6:.0f} MB, installed {installed:.0f} MB, "
        f"window after {shown_s:.1f} s, {len(report['entries'])} flags"
    )

    root.run("dpkg", "--remove", "onglass")
    root.run("dpkg", "--purge", "onglass")
    left = {path for path in root.files() - before if not path.startswith("home/qa")}
    assert left == set()
    assert before - root.files() == set()


def test_the_program_stands_on_nothing_of_this_machine(root: BareRoot, package: Path) -> None:
    """What is not of Debian's smallest system comes with the package or is named by it."""
    names = {name.split()[0] for name in field(package, "Depends").split(", ")}
    assert "libc6" in names
    assert not {name for name in names if name.startswith(("python", "libav", "ffmpeg", "libqt"))}
