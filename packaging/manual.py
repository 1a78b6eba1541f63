#!/usr/bin/env python3
"""Builds the manual from `docs/`, offline.

    python3 packaging/manual.py build      the site into build/manual, and as a zip into dist/
    python3 packaging/manual.py check      whether what is generated is current; exit 1 if not
    python3 packaging/manual.py reference  write the reference pages anew, from the product's tables
    python3 packaging/manual.py shots [NAME...]   take the pictures anew, from the running product

Any Python will do: it goes on with that of `.venv`, installing the extra `docs` when it is missing.
The desk opens the site by Help › Manual.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
SITE = ROOT / "build" / "manual"
_REMOTE = re.compile(
    r"<(?:script|link|img|iframe|source|video|audio)\b[^>]*?\b(?:src|href)=[\"'](?:https?:)?//"
    r"|url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//",
    re.IGNORECASE,
)
_TEXT = (".html", ".css")


def ensure_interpreter() -> None:
    """Go on with the virtual environment's Python where this one lacks Sphinx or the product."""
    if all(importlib.util.find_spec(name) for name in ("sphinx", "myst_parser", "furo", "PySide6")):
        return
    if os.environ.get("ONGLASS_MANUAL_AGAIN"):
        raise SystemExit("Sphinx could not be installed: see the lines above.")
    sys.path.insert(0, str(ROOT / "packaging"))
    from bootstrap import BootstrapError, prepare

    try:
        python = prepare({"docs"}).python
    except BootstrapError as error:
        raise SystemExit(str(error)) from error
    again = {**os.environ, "ONGLASS_MANUAL_AGAIN": "1"}
    raise SystemExit(subprocess.call([str(python), __file__, *sys.argv[1:]], env=again))


def build(site: Path, archive: Path | None, docs: Path = DOCS) -> int:
    """Build the site without a warning; the old one stays until the new one is whole.

    Args:
        site: Folder that the site replaces.
        archive: Zip to write besides, if any.
        docs: Folder of the pages, with `conf.py`.

    Returns:
        Sphinx's exit status, or 1 where a page loads something from a network.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=site.parent) as work:
        made = Path(work) / "site"
        status = subprocess.call(
            [
                *(sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-n", "-q"),
                *("-d", str(Path(work) / "doctrees"), str(docs), str(made)),
            ],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
        )
        if status != 0:
            return status
        for name in (".buildinfo", "objects.inv"):
            (made / name).unlink(missing_ok=True)
        remote = loaded_from_network(made)
        if remote:
            print("These would load something from a network:", *remote, sep="\n  ")
            return 1
        if site.exists():
            shutil.rmtree(site)
        made.rename(site)
    print(site / "index.html")
    if archive is not None:
        pack(site, archive)
        print(archive)
    return 0


def loaded_from_network(site: Path) -> list[str]:
    """Files of a site that load anything by an address; links that a reader may follow do not."""
    return [
        str(path.relative_to(site))
        for path in sorted(site.rglob("*"))
        if path.suffix in _TEXT and _REMOTE.search(path.read_text("utf-8", "replace"))
    ]


def pack(site: Path, archive: Path) -> None:
    """Write a site as a zip with one folder in it; the same site gives the same bytes."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for path in sorted(site.rglob("*")):
            if path.is_file():
                name = zipfile.ZipInfo(f"onglass-manual/{path.relative_to(site).as_posix()}")
                name.compress_type = zipfile.ZIP_DEFLATED
                name.external_attr = 0o644 << 16
                target.writestr(name, path.read_bytes())


def main(argv: Sequence[str] | None = None) -> int:
    """Run one of the commands."""
    parser = argparse.ArgumentParser(description="Builds the manual from docs/, offline.")
    commands = parser.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build", help="build the site, without a warning")
    building.add_argument("--out", type=Path, default=SITE, help="folder of the site")
    building.add_argument("--no-zip", action="store_true", help="only the folder")
    commands.add_parser("check", help="say what of the generated pages is not current")
    commands.add_parser("reference", help="write the reference pages anew")
    taking = commands.add_parser("shots", help="take the pictures anew")
    taking.add_argument("names", nargs="*", metavar="NAME", help="only these")
    options = parser.parse_args(argv)
    ensure_interpreter()
    sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]
    if options.command == "build":
        archive = None if options.no_zip else ROOT / "dist" / "onglass-manual.zip"
        return build(options.out.resolve(), archive)
    if options.command == "shots":
        from handbook import shot

        return shot.main(options.names)
    from handbook import reference

    if options.command == "reference":
        reference.write(REFERENCE)
        return 0
    stale = reference.stale(REFERENCE)
    for name in stale:
        print(f"docs/reference/{name} is not current: python3 packaging/manual.py reference")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
