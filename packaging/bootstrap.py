#!/usr/bin/env python3
"""Installs what Onglass needs on this machine, then runs or tests it. Standard library only.

    python3 packaging/bootstrap.py run [FILE...]         open the desk; without FILE on the sample
    python3 packaging/bootstrap.py test [PYTEST ARG...]  everything that guards main
    python3 packaging/bootstrap.py setup [--dev]         install only

On Debian and Ubuntu, as root or with sudo, missing system libraries are installed first; the
rest goes into `.venv` beside this repository. A second call finds everything done and only
starts. What was interrupted is made anew. ONGLASS_SKIP_SYSTEM=1 leaves the system alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST_PYTHON = (3, 11)
NEWEST_TRIED_PYTHON = (3, 14)

# The interpreter itself, also when this runs inside a virtual environment that it may replace.
BASE_PYTHON: str = getattr(sys, "_base_executable", None) or sys.executable

# What Qt and PortAudio load from the system on a bare Debian 12.
SYSTEM_LIBRARIES = (
    # Qt, with or without a screen
    *("libgl1", "libegl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libxkbcommon0"),
    # Qt on X11
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxcb-xkb1"),
    *("libxkbcommon-x11-0", "libx11-xcb1"),
    # Qt on Wayland; what else it needs comes with EGL
    *("libwayland-cursor0", "libwayland-egl1"),
    # sound
    "libportaudio2",
)

# The installation itself takes 1.9 GB with the CPU build of torch.
LEAST_FREE_BYTES = 3 * 1024**3


class BootstrapError(Exception):
    """A sentence for the person who called, and nothing else: no traceback helps here."""


def say(text: str) -> None:
    """Print a line of progress at once, also into a pipe."""
    print("[onglass] " + text, flush=True)


# --- Python ---------------------------------------------------------------------------------


def newer_python() -> str | None:
    """Path of a Python that is new enough, when the one that runs this is not."""
    for minor in range(NEWEST_TRIED_PYTHON[1], OLDEST_PYTHON[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and python_version(found) >= OLDEST_PYTHON:
            return found
    return None


def python_version(python: str | Path) -> tuple[int, ...]:
    """Version of an interpreter; () when it does not run."""
    code = "import sys; print('%d %d %d' % sys.version_info[:3])"
    try:
        done = subprocess.run(
            [str(python), "-I", "-c", code], capture_output=True, text=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(int(part) for part in done.stdout.split()) if done.returncode == 0 else ()


def ensure_python(argv: list[str]) -> None:
    """Go on under Python 3.11 or newer, or say that there is none.

    Raises:
        BootstrapError: This Python is too old and no newer one was found.
    """
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return
    found = newer_python()
    if found is None:
        have = ".".join(map(str, sys.version_info[:2]))
        raise BootstrapError(
            f"Onglass needs Python 3.11 or newer; this is Python {have} and no newer one was "
            "found. Install one (https://www.python.org/downloads/) and call this again with it."
        )
    say(f"This Python is too old; going on with {found}.")
    raise SystemExit(subprocess.call([found, str(Path(__file__).resolve()), *argv]))


# --- System libraries -----------------------------------------------------------------------


def installed_packages(status: str) -> set[str]:
    """Names that a Debian system has, those that packages provide included.

    Args:
        status: Lines `status<TAB>package<TAB>provides` as `dpkg-query` prints them.
    """
    names: set[str] = set()
    for line in status.splitlines():
        state, package, provides = [*line.split("\t"), "", ""][:3]
        if state == "installed":
            names.add(package)
            names.update(re.sub(r"\(.*?\)|:\w+", "", part).strip() for part in provides.split(","))
    return names - {""}


def missing_packages(has_venv: bool) -> list[str]:
    """Debian packages that are needed and not installed.

    Args:
        has_venv: Whether this Python can make virtual environments.
    """
    done = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status}\t${Package}\t${Provides}\n"],
        capture_output=True,
        text=True,
    )
    there = installed_packages(done.stdout)
    wanted = list(SYSTEM_LIBRARIES)
    if not has_venv:
        wanted.append("python{}.{}-venv".format(*sys.version_info))
    return [name for name in wanted if name not in there]


def can_make_venv() -> bool:
    """Whether `venv` and `ensurepip` are there; Debian keeps the latter in a package apart."""
    return all(
        subprocess.call([BASE_PYTHON, "-I", "-c", f"import {name}"], stderr=subprocess.DEVNULL) == 0
        for name in ("venv", "ensurepip")
    )


def elevated(command: list[str]) -> list[str] | None:
    """The command as root would run it; None where nobody here may."""
    if os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive", *command]
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    quiet = [] if sys.stdin is not None and sys.stdin.isatty() else ["-n"]
    return [sudo, *quiet, "env", "DEBIAN_FRONTEND=noninteractive", *command]


def ensure_system(needs_venv: bool) -> None:
    """Install the system libraries that are missing; does nothing but on Debian and its kin.

    Args:
        needs_venv: Whether a virtual environment must be made.

    Raises:
        BootstrapError: They are missing and cannot be installed.
    """
    has_venv = not needs_venv or can_make_venv()
    if os.environ.get("ONGLASS_SKIP_SYSTEM") == "1":
        return
    if not (sys.platform.startswith("linux") and shutil.which("dpkg-query")):
        if not has_venv:
            raise BootstrapError(
                f"{BASE_PYTHON} cannot make virtual environments: install its `venv` and "
                "`ensurepip` modules and call this again."
            )
        return
    missing = missing_packages(has_venv)
    if not missing:
        return
    by_hand = "sudo apt-get install " + " ".join(missing)
    install = elevated(["apt-get", "install", "-y", "--no-install-recommends", *missing])
    update = elevated(["apt-get", "update"])
    if install is None or update is None:
        raise BootstrapError(
            "System packages are missing and there is neither root nor sudo here. "
            f"Ask an administrator for:\n  {by_hand}\n"
            "or set ONGLASS_SKIP_SYSTEM=1 to go on without them."
        )
    say("Installing system packages: " + " ".join(missing))
    known = list(Path("/var/lib/apt/lists").glob("*_Packages*"))
    if known and subprocess.call(install, stdin=_stdin()) == 0:
        return
    say("Fetching the list of packages.")
    subprocess.call(update, stdin=_stdin())
    if subprocess.call(install, stdin=_stdin()) != 0:
        raise BootstrapError(
            "apt-get could not install the system packages; its own words stand above. "
            f"To try by hand:\n  {by_hand}\n"
            "Set ONGLASS_SKIP_SYSTEM=1 to go on without them."
        )


def _stdin() -> int | None:
    """A terminal stays readable for sudo's question; anything else is closed to children."""
    return None if sys.stdin is not None and sys.stdin.isatty() else subprocess.DEVNULL


# --- Virtual environment ---------------------------------------------------------------------


class Environment:
    """The virtual environment and what is known of it.

    Two files in it tell its state: `onglass-installing` stands while an installation runs, and
    `onglass-stamp.json` says what was installed when it had ended well.

    Args:
        root: The repository.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        bin_folder = self.folder / ("Scripts" if os.name == "nt" else "bin")
        suffix = ".exe" if os.name == "nt" else ""
        self.python = bin_folder / ("python" + suffix)
        self.onglass = bin_folder / ("onglass" + suffix)
        self.stamp_file = self.folder / "onglass-stamp.json"
        self.busy_file = self.folder / "onglass-installing"
        self.log_file = self.folder / "onglass-install.log"
        self.carried_file = root / "packaging" / "weights.txt"

    def is_usable(self) -> bool:
        """Whether it is there, runs a Python new enough, has pip and was not left half done."""
        if self.busy_file.exists() or python_version(self.python) < OLDEST_PYTHON:
            return False
        command = [str(self.python), "-I", "-c", "import pip"]
        return subprocess.call(command, stderr=subprocess.DEVNULL) == 0

    def wanted(self, extras: set[str]) -> dict[str, object]:
        """What the stamp must say: another pyproject, Python or place means to install anew."""
        text = (self.root / "pyproject.toml").read_bytes()
        return {
            "pyproject": hashlib.sha256(text).hexdigest(),
            "python": ".".join(map(str, python_version(self.python))),
            "root": str(self.root),
            "extras": sorted(extras),
            "weights": hashlib.sha256(self._carried()).hexdigest(),
        }

    def _carried(self) -> bytes:
        """The list of packages that are installed for a file of weights inside them alone."""
        return self.carried_file.read_bytes() if self.carried_file.exists() else b""

    def stamp(self) -> dict[str, object]:
        """What the last installation that ended well left; {} when there is none."""
        try:
            found = json.loads(self.stamp_file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def stamped_extras(self) -> set[str]:
        """The extras that were installed."""
        extras = self.stamp().get("extras", [])
        return {str(name) for name in extras} if isinstance(extras, list) else set()

    def is_current(self, extras: set[str]) -> bool:
        """Whether nothing needs to be installed to have these extras."""
        if self.busy_file.exists() or not self.onglass.exists():
            return False
        return self.stamp() == self.wanted(extras | self.stamped_extras())

    def ensure(self, extras: set[str]) -> None:
        """Bring it to where these extras are installed; extras that are there stay.

        Raises:
            BootstrapError: It cannot be made or filled.
        """
        if self.is_current(extras):
            return
        try:
            self._check_space()
            if not self.is_usable():
                self._make()
            self._install(extras | self.stamped_extras())
        except OSError as error:
            raise BootstrapError(explain(str(error)) or f"{self.folder}: {error}") from error

    def _check_space(self) -> None:
        free = shutil.disk_usage(self.root).free
        if not self.stamp_file.exists() and free < LEAST_FREE_BYTES:
            raise BootstrapError(
                f"The disk of {self.root} has {free / 1e9:.1f} GB free; the installation needs "
                f"{LEAST_FREE_BYTES / 1e9:.1f} GB."
            )

    def _make(self) -> None:
        if self.folder.exists():
            say("The virtual environment is damaged or half made; making it anew.")
        say(f"Making the virtual environment {self.folder}")
        command = [BASE_PYTHON, "-m", "venv", "--clear", str(self.folder)]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise BootstrapError(
                (explain(done.stdout) or "The virtual environment could not be made.")
                + f"\n{done.stdout.strip()[-2000:]}"
            )

    def _install(self, extras: set[str]) -> None:
        chosen = f"[{','.join(sorted(extras))}]" if extras else ""
        say("Installing Onglass and what it needs; the first time this takes some minutes.")
        self.stamp_file.unlink(missing_ok=True)
        self.busy_file.touch()
        command = [str(self.python), "-m", "pip", "install", "--no-input"]
        command += ["--disable-pip-version-check", "--log", str(self.log_file)]
        wanted = [["--editable", f".{chosen}"]]
        if self._carried():
            wanted.append(["--no-deps", "--requirement", str(self.carried_file)])
        for each in wanted:
            self.log_file.unlink(missing_ok=True)
            status = subprocess.call([*command, *each], cwd=self.root, stdin=subprocess.DEVNULL)
            if status != 0:
                raise BootstrapError(self._why_it_failed())
        self.busy_file.unlink()
        self.stamp_file.write_text(json.dumps(self.wanted(extras), indent=2), encoding="utf-8")

    def _why_it_failed(self) -> str:
        try:
            log = self.log_file.read_text(encoding="utf-8", errors="replace")
        except OSError:
            log = ""
        # pip writes into the environment only after everything is fetched and built, so before
        # that there is nothing half done to repair.
        if log and "Installing collected packages" not in log:
            self.busy_file.unlink(missing_ok=True)
        complaints = [line for line in log.splitlines() if re.search(r"ERROR|WARNING|error:", line)]
        why = (
            explain("\n".join(complaints))
            or "pip could not install Onglass; its own words stand above."
        )
        return f"{why}\nThe whole log: {self.log_file}"


_CAUSES = (
    (
        r"No space left on device|Errno 28\b|Disk quota exceeded|WinError 112",
        "The disk is full. Make room there and where temporary files go (TMPDIR), then call "
        "this again.",
    ),
    (
        r"Permission denied|Errno 13\b|Read-only file system|Errno 30\b|WinError 5\b",
        "This folder may not be written to. Use a copy of the repository that is yours.",
    ),
    (
        r"NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|ProxyError"
        r"|Max retries exceeded|Temporary failure in name resolution|SSLError|ProtocolError"
        r"|IncompleteRead|[45]\d\d (?:Server|Client) Error",
        "The package index could not be reached. Check the network, a proxy (HTTPS_PROXY) or "
        "name your own index (PIP_INDEX_URL), then call this again.",
    ),
    (
        r"No matching distribution found|Could not find a version that satisfies",
        "A package that Onglass needs is not offered for this system and Python. Python 3.11 to "
        "3.14 on 64-bit Linux, Windows or macOS will do.",
    ),
)


def explain(log: str) -> str:
    """The sentence for what went wrong, read from a tool's output; empty when it is none known.

    Args:
        log: Output or log of pip or venv.
    """
    return next((sentence for pattern, sentence in _CAUSES if re.search(pattern, log)), "")


# --- Commands -------------------------------------------------------------------------------


def prepare(extras: set[str]) -> Environment:
    """Install whatever is missing."""
    environment = Environment(ROOT)
    ensure_system(needs_venv=not environment.is_current(extras) and not environment.is_usable())
    environment.ensure(extras)
    return environment


def has_display() -> bool:
    """Whether a window would be seen."""
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in {"offscreen", "minimal"}:
        return False
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def command_run(files: list[str]) -> int:
    """Open the desk; without a display draw it into a file."""
    environment = prepare(set())
    onglass = str(environment.onglass)
    if not files:
        say("Making the sample title, or finding the one that was made before.")
        done = subprocess.run([onglass, "sample"], stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            return done.returncode
        files = done.stdout.strip().splitlines()[-1:]
    if has_display():
        say("Opening " + ", ".join(files))
        return subprocess.call([onglass, "review", *files])
    picture = ROOT / "out" / "desk.png"
    picture.parent.mkdir(exist_ok=True)
    say("There is no display: analysing, then drawing the desk into a file.")
    status = subprocess.call(
        [onglass, "review", *files, "--screenshot", str(picture)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
    )
    if status == 0:
        say(f"The desk is drawn in {picture}")
    return status


SIDE_BY_SIDE = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile")
"""How the tests run: a process a core, at most four, each file of tests whole in one of them."""


_PACKED_BY = ("bootstrap", "bundle", "collector", "content", "debian", "entry")
PACKING = tuple(f"packaging/{name}.py" for name in _PACKED_BY)
"""What is run by hand or by a build, so that no import of the product leads to it."""


def command_test(pytest_arguments: list[str]) -> int:
    """Run every check, stopping at the first that fails."""
    environment = prepare({"dev"})
    python = str(environment.python)
    checks = (
        ("style", [python, "-m", "ruff", "check", "."]),
        ("format", [python, "-m", "ruff", "format", "--check", "."]),
        ("types", [python, "-m", "mypy"]),
        ("types of what packs", [python, "-m", "mypy", *PACKING]),
        ("tests", [python, "-m", "pytest", *SIDE_BY_SIDE, *pytest_arguments]),
    )
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for number, (name, command) in enumerate(checks, 1):
        say(f"{number}/{len(checks)} {name}: {shlex.join(command[1:])}")
        status = subprocess.call(command, cwd=ROOT, env=surroundings, stdin=subprocess.DEVNULL)
        if status != 0:
            say(f"{name}: failed with exit status {status}.")
            return status
    say("Everything passed.")
    return 0


def command_setup(arguments: list[str]) -> int:
    """Install only."""
    if set(arguments) - {"--dev"}:
        print(__doc__, file=sys.stderr)
        return 2
    environment = prepare({"dev"} if arguments else set())
    say(f"Ready: {environment.onglass}")
    return 0


COMMANDS = {"run": command_run, "test": command_test, "setup": command_setup}


def main(argv: list[str]) -> int:
    """Run one command and turn known errors into a sentence and exit status 1."""
    if argv[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    if not argv or argv[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        ensure_python(argv)
        return COMMANDS[argv[0]](argv[1:])
    except BootstrapError as error:
        print(f"[onglass] {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n[onglass] Interrupted; the next call goes on from here.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
