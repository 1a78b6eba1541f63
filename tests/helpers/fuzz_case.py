"""Hostile files as recipes: a kind of clean file, a way to damage it, and a seed."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from random import Random

from helpers.fuzz_base import bases, make_bases
from helpers.fuzz_mutation import MUTATIONS, Mutation
from helpers.fuzz_packet import CHANGES, remux
from helpers.fuzz_size import huge_picture

CAPTIONS = {
    "srt": b"1\n00:00:00,040 --> 00:00:00,200\nHello <i>there</i>\n\n"
    b"2\n00:00:00,240 --> 00:00:00,380\n- Two\n- lines\n\n",
    "vtt": b"WEBVTT\n\nNOTE x\n\nSTYLE\n::cue { color: red }\n\na\n00:00.040 --> 00:00.200 line:0\n"
    b"<v Ann>Hello</v>\n\n00:00.240 --> 00:00.380 position:10%,start\n&lt;b&gt;\n",
    "ttml": b'<?xml version="1.0" encoding="UTF-8"?><tt xmlns="http://www.w3.org/ns/ttml" '
    b'xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25" ttp:tickRate="1000">'
    b'<body><div begin="0s"><p begin="40t" end="200t">One<br/>more</p>'
    b'<p begin="00:00:00:06" dur="3f"><span>Two</span></p></div></body></tt>',
    "scc": b"Scenarist_SCC V1.0\n\n00:00:00:01\t9420 9420 94ae 94ae 9470 9470 c8e5 ecec ef80 942f "
    b"942f\n\n00:00:00:07\t942c 942c\n\n",
    "stl": b"850STL25.01"
    + b"0" * 3
    + b" " * 224
    + b"0000200002001"
    + b" " * 773
    + b"".join(
        bytes([0])
        + bytes([n, 0])
        + b"\xff\x00"
        + bytes((0, 0, 0, n, 0, 0, 0, n + 3))
        + b"\x14\x02"
        + b"\x00"
        + b"Hello"
        + b"\x8f" * 107
        for n in (1, 6)
    ),
}
"""Clean caption files by suffix."""

_SPLICE = "splice"
_BESIDE = "mp4.mp4:libx264+aac"
_WAYS: Mapping[str, Mutation] = {**MUTATIONS, "huge_picture": huge_picture}
_AS_IT_IS = "as_it_is"


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile file.

    Attributes:
        base: Name of the kind of clean file; a caption's suffix for one beside a clean title.
        damage: Name of a mutation, of a change of packets, `splice`, or `as_it_is`.
        seed: Chooses the rest.
    """

    base: str
    damage: str
    seed: int

    def __str__(self) -> str:
        return f"{self.base}/{self.damage}/{self.seed}"

    @property
    def container(self) -> str:
        """What the file is to be, for a report."""
        return self.base.partition(":")[0]


class Forge:
    """Makes hostile files from clean ones.

    Args:
        folder: For the clean files.
        kinds: Only these; empty means all.
    """

    def __init__(self, folder: Path, kinds: Sequence[str] = ()) -> None:
        self.clean: Mapping[str, Path] = make_bases(folder, kinds)
        self._muxers = {base.name: base.muxer for base in bases()}
        self._writer = _writer()

    def close(self) -> None:
        """End the process that writes containers."""
        self._writer.shutdown()

    def cases(self, count: int, seed: int = 1) -> Iterator[Case]:
        """As many cases as asked for: all kinds in turn, ways to damage them in turn."""
        ways = [*_WAYS, *CHANGES, _SPLICE]
        kinds = [*self.clean, *(CAPTIONS if _BESIDE in self.clean else ())]
        chance = Random(seed)
        orders = {kind: chance.sample(ways, len(ways)) for kind in kinds}
        for number in range(count):
            kind, turn = kinds[number % len(kinds)], number // len(kinds)
            yield Case(kind, orders[kind][turn % len(ways)], seed * 1000 + turn)

    def make(self, case: Case, folder: Path) -> Path:
        """Write the file of a case.

        Args:
            case: What to make.
            folder: Where; an empty folder.

        Returns:
            The title to open.
        """
        chance = Random(str(case))
        if case.base in CAPTIONS:
            title = folder / "title.mp4"
            shutil.copy(self.clean[_BESIDE], title)
            way = _WAYS.get(case.damage, _WAYS["digit"])
            title.with_suffix(f".{case.base}").write_bytes(way(CAPTIONS[case.base], chance))
            return title
        clean = self.clean[case.base]
        path = folder / f"title{clean.suffix}"
        if case.damage == _AS_IT_IS:
            return self._write(path, clean.read_bytes())
        if case.damage in CHANGES:
            if self._remuxed(clean, path, case):
                return path
            return self._write(path, _WAYS["flip_bits"](clean.read_bytes(), chance))
        if case.damage == _SPLICE:
            return self._write(path, self._spliced(clean, chance))
        return self._write(path, _WAYS[case.damage](clean.read_bytes(), chance))

    def _remuxed(self, clean: Path, path: Path, case: Case) -> bool:
        """Write changed packets in a process of its own: some containers' writers crash on them."""
        change = CHANGES[case.damage]
        try:
            job = self._writer.submit(
                remux, clean, path, self._muxers[case.base], change, Random(str(case))
            )
            return job.result()
        except BrokenProcessPool:
            self._writer = _writer()
            return False

    def _spliced(self, clean: Path, chance: Random) -> bytes:
        """The beginning of one file and the end of another, of the same form more often."""
        alike = [path for path in self.clean.values() if path.suffix == clean.suffix]
        other = chance.choice(alike if chance.random() < 0.7 else [*self.clean.values()])
        first, second = clean.read_bytes(), other.read_bytes()
        return first[: chance.randrange(len(first))] + second[chance.randrange(len(second)) :]

    @staticmethod
    def _write(path: Path, data: bytes) -> Path:
        path.write_bytes(data)
        return path


def _writer() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
