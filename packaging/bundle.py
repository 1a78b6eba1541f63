#!/usr/bin/env python3
"""Builds what people install, for the system that this runs on. Standard library only.

    python3 packaging/bundle.py [OPTION...]         program, then archive and package or installer
    python3 packaging/bundle.py sizes FOLDER        what a built folder is made of, by part

    --python PYTHON   build with this interpreter, which has Onglass and its extra `bundle`;
                      without it, with the repository's own `.venv`, brought up to date first
    --gpu             allow a torch with CUDA: a bundle of several gigabytes for your own machines
    --out FOLDER      where results go; `dist` beside the sources unless said
    --quick           compress little: for a package that only a test sees
    --keep            pack what was built before; do not build anew

Linux: onglass-VERSION-linux-ARCH.tar.xz and onglass_VERSION_ARCH.deb. Windows: an installer, where
Inno Setup is there. macOS: Onglass.app and a disk image; signed and notarised where the environment
says with what (packaging/macos/notarise.sh).
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bootstrap import OLDEST_PYTHON, BootstrapError, Environment, ensure_system, say
from debian import PackageError, build_package, share_files

ROOT = Path(__file__).resolve().parents[1]
NAME = "onglass"
LEAST_FREE_BYTES = 5 * 1024**3


class BundleError(Exception):
    """A sentence for the person who called."""


# --- Building -------------------------------------------------------------------------------


def interpreter(given: str) -> str:
    """The Python to build with, everything it needs installed.

    Raises:
        BootstrapError: The repository's own environment cannot be made.
        BundleError: The one that was named lacks something.
    """
    if not given:
        environment = Environment(ROOT)
        ensure_system(needs_venv=not environment.is_usable())
        environment.ensure({"bundle", "docs"})
        return str(environment.python)
    needed = "import PyInstaller, alembic, furo, myst_parser, sphinx, torch"
    done = subprocess.run([given, "-c", needed], capture_output=True)
    if done.returncode != 0:
        raise BundleError(
            f"{given} lacks Onglass or its extras `bundle` and `docs`: "
            "pip install -e .[bundle,docs]"
        )
    return given


def ask(python: str, code: str) -> str:
    """What a line of Python prints."""
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, cwd=ROOT)
    if done.returncode != 0:
        raise BundleError(f"{python} cannot say it: {done.stderr.strip()[-500:]}")
    return done.stdout.strip()


def refuse_cuda(python: str, allowed: bool) -> None:
    """Keep CUDA out of a bundle that nobody asked it for.

    Raises:
        BundleError: torch has CUDA and it was not allowed.
    """
    cuda = ask(python, "import torch; print(torch.version.cuda or '')")
    if cuda and not allowed:
        raise BundleError(
            f"This torch has CUDA {cuda}, which would make the bundle several gigabytes large. "
            "Install the CPU build (docs/install.md says how), or call this with --gpu."
        )


def build(python: str, out: Path) -> Path:
    """Let PyInstaller build the folder with the program.

    Returns:
        The folder; on macOS the application.

    Raises:
        BundleError: It failed, or there is too little room.
    """
    out.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(out).free < LEAST_FREE_BYTES:
        raise BundleError(f"{out} needs {LEAST_FREE_BYTES / 1e9:.0f} GB of room.")
    work = out / "work"
    work.mkdir(exist_ok=True)
    draw_icons(python, work)
    build_manual(python)
    command = [python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(out), "--workpath", str(work)]
    say("PyInstaller: " + " ".join(command[1:]))
    status = subprocess.call(
        [*command, str(ROOT / "packaging" / "onglass.spec")],
        cwd=ROOT,
        env=_surroundings(),
    )
    if status != 0:
        raise BundleError(f"PyInstaller ended with status {status}; its words stand above.")
    return built_folder(out)


def build_manual(python: str) -> None:
    """Build the site that Help › Manual opens; the bundle takes it along.

    Raises:
        BundleError: It failed.
    """
    say("building the manual")
    script = ROOT / "packaging" / "manual.py"
    status = subprocess.call([python, str(script), "build"], cwd=ROOT, env=_surroundings())
    if status != 0:
        raise BundleError(f"The manual ended with status {status}; its words stand above.")


def _surroundings() -> dict[str, str]:
    """What is built are these sources, wherever the environment was made from."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}


def built_folder(out: Path) -> Path:
    """Where a build lies.

    Raises:
        BundleError: There is none.
    """
    folder = out / ("Onglass.app" if sys.platform == "darwin" else NAME)
    if not folder.is_dir():
        raise BundleError(f"Nothing was built in {out}.")
    return folder


def draw_icons(python: str, work: Path) -> None:
    """Make the icon that Windows or macOS asks for out of the drawing."""
    suffix = {"win32": ".ico", "darwin": ".icns"}.get(sys.platform)
    if suffix is None:
        return
    drawing = ROOT / "resources" / "icons" / "onglass.svg"
    picture = work / "onglass.png"
    ask(
        python,
        "import os; os.environ['QT_QPA_PLATFORM'] = 'offscreen'\n"
        "from PySide6.QtGui import QGuiApplication, QIcon\n"
        "app = QGuiApplication([])\n"
        f"QIcon({str(drawing)!r}).pixmap(1024, 1024).save({str(picture)!r})\n"
        f"from PIL import Image; Image.open({str(picture)!r}).save({str(work / NAME) + suffix!r})",
    )


# --- Packing --------------------------------------------------------------------------------


def pack_linux(folder: Path, out: Path, version: str, quick: bool) -> list[Path]:
    """Make the archive and the Debian package."""
    whole = f"{NAME}-{version}-linux-{platform.machine()}"
    share = out / "share"
    shutil.rmtree(share, ignore_errors=True)
    share_files(share, ROOT)
    archive = out / (whole + (".tar.zst" if quick else ".tar.xz"))
    say(f"Packing {archive.name}")
    press = ["zstd", "-3", "-q"] if quick else ["xz", "-T0", "-6"]
    with archive.open("wb") as file:
        pressing = subprocess.Popen([*press, "-c"], stdin=subprocess.PIPE, stdout=file)
        assert pressing.stdin is not None
        with tarfile.open(fileobj=pressing.stdin, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            for source, inside in (
                (folder, whole),
                (share, f"{whole}/share"),
                (ROOT / "LICENSE", f"{whole}/LICENSE"),
            ):
                tar.add(source, inside, filter=of_root)
        pressing.stdin.close()
        if pressing.wait() != 0:
            raise BundleError(f"{press[0]} could not write {archive}.")
    shutil.rmtree(share)
    results = [archive]
    if shutil.which("dpkg-deb"):
        say("Packing the Debian package")
        results.append(build_package(folder, ROOT, version, out, quick))
    else:
        say("No dpkg-deb here: no Debian package.")
    return results


def of_root(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """An entry of an archive that does not say who built it."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def pack_windows(folder: Path, out: Path, version: str, _quick: bool) -> list[Path]:
    """Make the installer, where Inno Setup is there; else say what is missing."""
    compiler = shutil.which("ISCC") or shutil.which("iscc")
    if compiler is None:
        say("Inno Setup is not installed: there is only the folder.")
        return [folder]
    script = ROOT / "packaging" / "windows" / "onglass.iss"
    defined = {"Version": version, "Source": folder, "Out": out, "Root": ROOT}
    arguments = [f"/D{name}={value}" for name, value in defined.items()]
    if subprocess.call([compiler, *arguments, str(script)]) != 0:
        raise BundleError("Inno Setup failed; its words stand above.")
    return [out / f"onglass-{version}-setup.exe"]


def pack_macos(folder: Path, out: Path, version: str, _quick: bool) -> list[Path]:
    """Make the disk image; sign and notarise it where the environment says with what."""
    image = out / f"Onglass-{version}-{platform.machine()}.dmg"
    script = ROOT / "packaging" / "macos" / "notarise.sh"
    if subprocess.call(["/bin/sh", str(script), str(folder), str(image)]) != 0:
        raise BundleError("The disk image could not be made; the words of the tools stand above.")
    return [image]


PACKERS: dict[str, Callable[[Path, Path, str, bool], list[Path]]] = {
    "linux": pack_linux,
    "win32": pack_windows,
    "darwin": pack_macos,
}


# --- Sizes ----------------------------------------------------------------------------------


def part_of(inside: Path) -> str:
    """The part that a file in a built folder belongs to."""
    parts = inside.parts[1:] if inside.parts[:1] == ("_internal",) else inside.parts
    first = parts[0] if parts else inside.name
    if len(parts) < 2:
        return "system libraries" if ".so" in first else first
    first = first.removesuffix(".libs").removesuffix(".dylibs")
    if ".dist-info" in first:
        return "versions and licences"
    return {"opencv_python_headless": "cv2", "scikit_learn": "sklearn", "pillow": "PIL"}.get(
        first, first
    )


def sizes(folder: Path) -> Counter[str]:
    """Bytes by part of a built folder; links count nothing."""
    counted: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            counted[part_of(path.relative_to(folder))] += path.stat().st_size
    return counted


def size_table(counted: Counter[str], most: int = 20) -> str:
    """Sizes as lines, the largest first."""
    lines = [f"{size / 1e6:9.1f} MB  {part}" for part, size in counted.most_common(most)]
    rest = sum(counted.values()) - sum(size for _, size in counted.most_common(most))
    if rest:
        lines.append(f"{rest / 1e6:9.1f} MB  the rest")
    lines.append(f"{sum(counted.values()) / 1e6:9.1f} MB  all")
    return "\n".join(lines)


# --- Command --------------------------------------------------------------------------------


def run(options: argparse.Namespace) -> int:
    """Build and pack."""
    out = Path(options.out).resolve()
    python = interpreter(options.python)
    if options.keep:
        folder = built_folder(out)
    else:
        refuse_cuda(python, options.gpu)
        folder = build(python, out)
    version = product_version()
    packer = PACKERS.get(sys.platform)
    if packer is None:
        raise BundleError(f"There is no package for {sys.platform}; the program is in {folder}.")
    results = packer(folder, out, version, options.quick)
    print(size_table(sizes(folder)))
    for path in results:
        size = f"{path.stat().st_size / 1e6:.0f} MB" if path.is_file() else "a folder"
        say(f"{path} ({size})")
    return 0


def product_version() -> str:
    """The version that the sources say."""
    import tomllib

    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return str(table["project"]["version"])


def main(argv: list[str]) -> int:
    """Read the command line; known errors become a sentence and exit status 1."""
    if argv[:1] == ["sizes"] and len(argv) == 2:
        print(size_table(sizes(Path(argv[1]))))
        return 0
    parser = argparse.ArgumentParser(
        prog="bundle.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--python", default="")
    parser.add_argument("--out", default=str(ROOT / "dist"))
    for flag in ("--gpu", "--quick", "--keep"):
        parser.add_argument(flag, action="store_true")
    options = parser.parse_args(argv)
    try:
        if sys.version_info[:2] < OLDEST_PYTHON:
            raise BundleError("Call this with Python 3.11 or newer.")
        return run(options)
    except (BootstrapError, BundleError, PackageError) as error:
        print(f"[onglass] {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
