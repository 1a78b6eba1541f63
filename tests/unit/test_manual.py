"""The manual: it builds without a warning, loads nothing, and its reference is current."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from handbook import flowchart, reference, sequence, site
from manual import DOCS, ROOT

CONF = (DOCS / "conf.py").read_text("utf-8")


def build(docs: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Sphinx runs in a process of its own: it keeps much of itself in globals."""
    code = (
        "import sys; from pathlib import Path; import manual; "
        "sys.exit(manual.build(Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[1])))"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(docs), str(out), str(out.with_suffix(".zip"))],
        cwd=ROOT / "packaging",
        capture_output=True,
        text=True,
    )


def small_docs(folder: Path, page: str) -> Path:
    docs = folder / "docs"
    shutil.copytree(DOCS / "_static", docs / "_static")
    (folder / "packaging").symlink_to(ROOT / "packaging")
    shutil.copy(ROOT / "pyproject.toml", folder)
    (docs / "conf.py").write_text(CONF, "utf-8")
    (docs / "index.md").write_text(page, "utf-8")
    return docs


def test_the_manual_builds_without_a_warning_and_loads_nothing(tmp_path: Path) -> None:
    done = build(DOCS, tmp_path / "manual")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    pages = {path.relative_to(DOCS).with_suffix("") for path in DOCS.rglob("*.md")}
    made = {p.relative_to(tmp_path / "manual") for p in (tmp_path / "manual").rglob("*.html")}
    assert {page.with_suffix(".html") for page in pages} <= made
    front = (tmp_path / "manual" / "index.html").read_text("utf-8")
    for section in ("Tutorials", "How-to", "Reference", "Explanation", "Project"):
        assert f">{section}</span>" in front
    with zipfile.ZipFile(tmp_path / "manual.zip") as archive:
        assert "onglass-manual/index.html" in archive.namelist()


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (
            "# Page\n\n[gone](gone.md) [past](#past)\n\n```mermaid\nflowchart LR\n a -.-> b\n```\n",
            ("'gone.md'", "'past'", "not understood"),
        ),
        ('# Page\n\n<script src="https://example.org/x.js"></script>\n', ("from a network",)),
    ],
    ids=["warnings", "network"],
)
def test_what_is_broken_fails_the_build_and_keeps_the_old_site(
    tmp_path: Path, page: str, told: tuple[str, ...]
) -> None:
    out = tmp_path / "manual"
    out.mkdir()
    (out / "index.html").write_text("old", "utf-8")
    done = build(small_docs(tmp_path, page), out)
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert all(part in said for part in told), said
    assert (out / "index.html").read_text("utf-8") == "old"


def test_the_reference_pages_are_what_the_tables_say() -> None:
    assert reference.stale(DOCS / "reference") == [], "python3 packaging/manual.py reference"


def test_a_reference_page_that_is_old_is_told(tmp_path: Path) -> None:
    reference.write(tmp_path)
    assert reference.stale(tmp_path) == []
    (tmp_path / "settings.md").write_text("# Settings\n", "utf-8")
    (tmp_path / "json.md").unlink()
    assert reference.stale(tmp_path) == ["settings.md", "json.md"]


def test_a_page_that_nobody_has_placed_is_still_in_the_contents() -> None:
    text = "# T\n\n## How-to\n\n- [One](one.md)\n- [Two words](a/two.md) and more\n"
    assert "One <one>\nTwo words <a/two>" in site.contents(text)
    assert site.unlisted({"one", "a/two"}, {"one", "a/two", "three", "index"}) == ("three",)


def test_a_flowchart_stands_in_lanes_in_the_order_of_its_arrows() -> None:
    source = "flowchart LR\n a([file]) -->|read| b[Title]\n subgraph s [store]\n b\n end\n b --> c"
    chart = flowchart._read(source)
    flowchart._place(chart)
    nodes = chart.nodes
    assert [nodes[name].column for name in "abc"] == [0, 1, 2]
    assert [nodes[name].lane for name in "abc"] == [0, 1, 0]
    drawn = flowchart.flowchart_svg(source)
    assert ">read<" in drawn
    assert "file to Title; Title to c" in drawn


@pytest.mark.parametrize(
    "source",
    ["flowchart TD\n a --> b", "flowchart LR\n a --> b\n b --> a", "flowchart LR\n a -->"],
    ids=["direction", "circle", "nowhere"],
)
def test_a_chart_that_cannot_be_drawn_is_refused(source: str) -> None:
    with pytest.raises(flowchart.DiagramError):
        flowchart.flowchart_svg(source)


def test_a_sequence_shows_each_message() -> None:
    drawn = sequence.sequence_svg(
        "sequenceDiagram\n participant a as desk\n participant b\n a->>b: ask\n b-->>a: answer <x>"
    )
    assert "desk" in drawn
    assert "answer &lt;x&gt;" in drawn
    assert 'class="line dashed"' in drawn
