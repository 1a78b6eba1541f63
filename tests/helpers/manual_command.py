"""The commands that the manual shows: where they stand, and a stage on which they can be run."""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.clip import make_clip

from core.analysis.pipeline import analyse
from core.cli.app import main
from core.domain.profile import DEFAULT_PROFILE
from core.domain.verdict import Decision, RejectReason, Verdict
from core.jobs.request import AnalyseRequest
from core.store.store import Store
from manual import DOCS, ROOT

PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md")))

REASONS: tuple[tuple[str, str], ...] = (
    (
        r"review (?!.*--screenshot)",
        "a window that stays; tests/e2e/test_desk_main.py walks it",
    ),
    (r"monitor ", "reads a network stream; tests/e2e/test_monitor_live.py serves one"),
    (
        r"learn (train|evaluate|experiment) ?",
        "takes hours; tests/unit/test_cli_learn.py runs them small",
    ),
    (r"annotate (experiment|round) ?", "takes minutes to hours of training"),
    (r"learn (retrain|gate|promote|rollback|refit)", "wants verdicts and minutes of training"),
    (
        r"evaluate ",
        "hundreds of clips; tests/unit/test_evaluation_run.py does few",
    ),
    (
        r"scan --resume",
        "wants an interrupted batch; tests/e2e/test_scan_campaign.py makes them",
    ),
    (
        r"store upgrade --store URL",
        "wants a server; tests/e2e/test_postgresql_upgrade.py starts one",
    ),
    (r"scan .*--engine ray", "wants a cluster; tests/unit/test_scan_engine_ray.py makes one"),
)
"""Commands that are only parsed, and why: a pattern for how they begin, the first that fits."""

SLOW = r"(sample|watch|scan|review|capacity|simulate --recipe) ?"
"""How commands begin that take more than a few seconds: they start processes and load networks."""

_FENCE = re.compile(r"^\s*(```|~~~)")
_CALL = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?onglass (?P<words>.+)$")
_INLINE = re.compile(r"`(?:\.venv/bin/)?onglass (?P<words>[^`]+)`")


@dataclass(frozen=True)
class Shown:
    """A command as a page shows it.

    Attributes:
        place: Page and line.
        text: Words after `onglass`, without remarks, on one line.
    """

    place: str
    text: str

    @property
    def words(self) -> list[str]:
        """The words; of what may be left out all is there, of alternatives the first."""
        plain = re.sub(r"[\[\]]", "", self.text) if " [" in self.text else self.text
        words = shlex.split(re.sub(r"(^|\s)#.*$", "", plain))
        return [re.sub(r"^([\w-]+)(\|[\w-]+)+$", r"\1", word) for word in words]


def shown_in(page: Path, root: Path = ROOT) -> Iterator[Shown]:
    """Commands in the blocks of code of a page."""
    fenced = False
    held, began = "", 0
    for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
        if _FENCE.match(line):
            fenced = not fenced
            continue
        if held:
            held = f"{held} {line.strip()}"
        elif fenced or line.startswith("    "):
            found = _CALL.match(line.strip())
            if found is None:
                continue
            held, began = found["words"], number
        if held.endswith("\\"):
            held = held[:-1].rstrip()
        elif held:
            shown = Shown(f"{page.relative_to(root).as_posix()}:{began}", held.strip())
            if shown.words:
                yield shown
            held = ""


def mentioned_in(page: Path, root: Path = ROOT) -> Iterator[Shown]:
    """Commands that the text of a page names."""
    for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
        for found in _INLINE.finditer(line):
            yield Shown(f"{page.relative_to(root).as_posix()}:{number}", found["words"])


def all_shown() -> list[Shown]:
    """Commands in the blocks of code of all pages."""
    return [shown for page in PAGES for shown in shown_in(page)]


def all_mentioned() -> list[Shown]:
    """Commands that the text of all pages names."""
    return [shown for page in PAGES for shown in mentioned_in(page)]


def why_not_run(shown: Shown) -> str:
    """Why a command is only parsed; empty where it is run."""
    return next((why for how, why in REASONS if re.match(how, f"{shown.text} ")), "")


WORDS = {
    # Places on a reader's disk, and what a reader fills in.
    "/mnt/catalogue": "CATALOGUE",
    "/mnt/incoming": "INCOMING",
    "/mnt/clean": "DONE",
    "/mnt/look-at": "LOOK_AT",
    "/mnt/broken": "FAILED",
    "CLEAN": "CATALOGUE",
    "FILE": "TITLE.mp4",
    "S": "store.db",
    "BACKUP": "BACKUP.db",
    "a,b": "black,freeze",
    "N": "1",
    # Longer than the small title.
    "0:10:00-0:12:30": "1-2",
    "10-12": "1-2",
}
"""What stands in a command for something else, and what the stage has in its place."""

MORE = {"watch": ("--once", "--settle", "0")}
"""What is said besides: a watch would go on for ever."""

CHANGED = {"compare": 3}
"""Exit statuses besides 0 that are no failure: what was compared may differ."""

_WRITTEN = ("--bundle", "--out", "--screenshot", "--markdown")


class Stage:
    """A folder with what the manual's commands name: titles, analyses, masks, a spot check.

    Args:
        folder: An empty folder, the current one while a command runs.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        title = make_clip(folder / "TITLE.mp4", 22).path
        for name in ("film.mov", "sample.mp4", "MORE.mp4"):
            make_clip(folder / name, 3)
        for name in ("FOLDER", "CATALOGUE", "INCOMING"):
            (folder / name).mkdir()
            shutil.copy(folder / "MORE.mp4", folder / name / f"{name.lower()}.mp4")
        (folder / "reels" / "one").mkdir(parents=True)
        shutil.copy(folder / "MORE.mp4", folder / "reels" / "one" / "a.mxf")
        self.masks = self.spot = ""
        self.store = folder / "store.db"
        self._analyse(title, ("black", "freeze"))
        self.run = self._analyse(title, ("black", "freeze", "silence"))
        for _ in range(2):
            self._analyse(folder / "film.mov", ("black",))
        self._analyse(folder / "sample.mp4", ("black", "freeze"))
        flags = [{"start_s": 1.0, "end_s": 1.5, "defect": "black", "note": "dark"}]
        (folder / "partner.json").write_text(json.dumps(flags), "utf-8")

    def _analyse(self, path: Path, detectors: tuple[str, ...]) -> str:
        with Store.open(self.store) as store:
            request = AnalyseRequest(path, store.url, DEFAULT_PROFILE, detectors)
            return analyse(replace(request, resume=False), store).run_id

    def prepare(self) -> None:
        """Make by commands what other commands name."""
        self.masks = self.told("annotate new TITLE.mp4 --classes corrupt,logo=#56b4e9").strip()
        self.told("simulate TITLE.mp4 --defect block_corruption --span 1-2 --out damaged.mkv")
        self.told(f"annotate import {self.masks} damaged.mkv.mask.mkv")
        self.told(f"annotate export {self.masks} --format coco --out masks.json")
        self.told("export TITLE.mp4 --format edl --out partner.edl")
        plan = json.loads(self.told("spot plan --clips 5 --clip-s 4 --json"))
        self.spot = str(plan["id"])
        self.told(f"spot answer {self.spot} 1 --clean")
        self._decide()
        self.told("store backup --out BACKUP.db")

    def _decide(self) -> None:
        """Two people decide about the same flag, and not alike."""
        with Store.open(self.store) as store:
            run = store.runs.get(self.run)
            assert run is not None
            finding = store.findings.of(self.run)[0]
            for reviewer, decision in (("ann", Decision.CONFIRM), ("bob", Decision.REJECT)):
                store.reviewers.ensure(reviewer)
                place = (run.fingerprint, finding.stream, finding.defect, finding.detector)
                why = RejectReason.NOT_VISIBLE if decision is Decision.REJECT else None
                store.verdicts.append(Verdict(*place, finding.span, decision, reviewer, why))

    def told(self, text: str) -> str:
        """What a command says on standard output; it must go well."""
        said = io.StringIO()
        with redirect_stdout(said):
            status = main(shlex.split(text))
        assert status == 0, text
        return said.getvalue()

    def words(self, shown: Shown, out: Path | None = None) -> list[str]:
        """The words of a command with what the stage has in place of what a reader fills in.

        Args:
            shown: The command.
            out: Folder that it writes to, instead of the stage.
        """
        begins = " ".join(shown.words[:2])
        id_of = {"annotate": self.masks, "spot": self.spot}.get(shown.words[0], "")
        words = {**WORDS, "ID": id_of, "RUN": self.run}
        if begins == "learn select":
            # The network that teaches is not run for this.
            words["block_corruption"] = "freeze"
        said = [words.get(word, word) for word in shown.words]
        for place, word in enumerate(said[1:], 1):
            if said[place - 1] in _WRITTEN and word != "-":
                target = (out or self.folder) / Path(word).name
                if out is None:
                    # A reader begins without it; the stage has it for those who begin later.
                    target.unlink(missing_ok=True)
                said[place] = str(target)
        more = MORE.get(begins.split()[0], ())
        return [*said, *more]

    def run_shown(self, shown: Shown, out: Path | None = None) -> None:
        """Run a command on this stage; it must go well."""
        words = self.words(shown, out)
        status = main(words)
        assert status in {0, CHANGED.get(words[0], 0)}, f"{shown.place}: onglass {words}"
