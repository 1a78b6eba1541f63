"""Trainings and promotions as files below the folder of learning.

`trainings/ID/training.json` is a training, `active.json` says which weights measure, and
`promotions.jsonl` tells of all promotions, one a line, only ever appended to. A promotion counts
from the moment in which `active.json` takes the place of the one before, which is one step for the
file system: that file holds the promotion itself, and the line is added after it, or by whoever
writes next when a crash came between. So there is no moment at which half of it holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from core.config import paths
from core.domain.errors import KnownError
from core.domain.lineage import Promotion, Training, TrainingState, WeightsInUse
from core.domain.lineage_document import (
    in_use_document,
    in_use_of,
    is_newer,
    promotion_document,
    promotion_of,
    training_document,
    training_of,
)
from core.domain.run import Run, RunState
from core.store.store import Store
from core.store.whole_file import alone, append_line, write_whole

_BROKEN = (ValueError, KeyError, TypeError, AttributeError)


class LineageBook:
    """What was trained and promoted here.

    Args:
        folder: Of learning; None takes the product's.
        now: Gives the time.
    """

    def __init__(
        self,
        folder: Path | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.folder = folder or paths.learning_dir()
        self._now = now

    # What scores mean ------------------------------------------------------------------------

    def keep_calibration(self, detector: str, curve: Sequence[tuple[float, float]]) -> None:
        """Keep what a detector's scores were found to mean, as long as its weights stay in use.

        Args:
            detector: Its id.
            curve: Score and probability, by score.

        Raises:
            KnownError: It cannot be written.
        """
        table = {"weights": self.in_use().hashes.get(detector, ""), "curve": list(curve)}
        write_whole(self._calibration(detector), json.dumps(table).encode())

    def calibration(self, detector: str) -> tuple[tuple[float, float], ...]:
        """What a detector's scores mean; empty where nobody fitted it to the weights in use.

        Raises:
            KnownError: It cannot be read.
        """
        path = self._calibration(detector)
        if not path.is_file():
            return ()
        try:
            table = json.loads(path.read_text("utf-8"))
            curve = tuple((float(score), float(share)) for score, share in table["curve"])
            made_for = str(table["weights"])
        except (OSError, *_BROKEN) as error:
            raise KnownError(f"{path.name} of the calibrations is damaged.", str(error)) from error
        return curve if made_for == self.in_use().hashes.get(detector, "") else ()

    def _calibration(self, detector: str) -> Path:
        return self.folder / "calibration" / f"{detector}.json"

    # Trainings ------------------------------------------------------------------------------

    def training_folder(self, number: str) -> Path:
        """Where a training keeps what is its own."""
        if not number.isalnum():
            raise KnownError(f"{number} is no id of a training.")
        return self.folder / "trainings" / number

    def save(self, training: Training) -> None:
        """Keep a training as it stands now.

        Raises:
            KnownError: It cannot be written.
        """
        path = self.training_folder(training.id) / "training.json"
        write_whole(path, json.dumps(training_document(training), indent=1).encode())

    def training(self, wanted: str) -> Training:
        """A training by its id, or by as much of the beginning as no other has.

        Raises:
            KnownError: There is none, several begin so, or it cannot be read.
        """
        folder = self.folder / "trainings"
        found = sorted(p for p in folder.glob(f"{wanted}*/training.json") if wanted.isalnum())
        exact = [p for p in found if p.parent.name == wanted]
        if len(exact or found) != 1:
            words = "Several trainings begin with" if found else "There is no training"
            raise KnownError(f"{words} {wanted}.", "`onglass learn history` lists them.")
        return self._judged(_read(exact[0] if exact else found[0]))

    def trainings(self, detector: str = "") -> tuple[Training, ...]:
        """All trainings, or those of a detector, the oldest first; unreadable ones left out."""
        found = []
        for path in sorted((self.folder / "trainings").glob("*/training.json")):
            try:
                training = self._judged(_read(path))
            except KnownError:
                continue
            if detector in ("", training.detector):
                found.append(training)
        return tuple(sorted(found, key=lambda t: (t.created, t.id)))

    def refuse(self, wanted: str) -> Training:
        """Say that a candidate is not wanted.

        Raises:
            KnownError: There is no such training, it is not examined, or it is in use.
        """
        training = self.training(wanted)
        if training.state is not TrainingState.EXAMINED:
            raise KnownError(f"The training {training.id} cannot be refused: {training.state}.")
        refused = replace(training, state=TrainingState.REFUSED)
        self.save(refused)
        return refused

    def _judged(self, training: Training) -> Training:
        """With the state that follows from the promotions, which no crash can hold apart."""
        if any(p.training == training.id and not p.rolled_back for p in self.promotions()):
            return replace(training, state=TrainingState.ACCEPTED)
        return training

    # Promotions -----------------------------------------------------------------------------

    def in_use(self) -> WeightsInUse:
        """Which weights were promoted last, by detector.

        Raises:
            KnownError: The pointer cannot be read.
        """
        path = self.folder / "active.json"
        try:
            return in_use_of(json.loads(path.read_text("utf-8")))
        except FileNotFoundError:
            return WeightsInUse()
        except (OSError, *_BROKEN) as error:
            raise KnownError(f"{path.name} cannot be read.", str(error)) from error

    def promotions(self, detector: str = "") -> tuple[Promotion, ...]:
        """All promotions, or those of a detector, the oldest first.

        The pointer's own is among them also where a crash kept its line from being written.
        """
        rows = {row.number: row for row in self._lines()}
        try:
            last = self.in_use().last
        except KnownError:
            last = None
        if last is not None:
            rows = {number: row for number, row in rows.items() if number < last.number}
            rows[last.number] = last
        return tuple(rows[n] for n in sorted(rows) if detector in ("", rows[n].detector))

    def previous(self, detector: str) -> str:
        """Name of the weights that a roll-back goes to; empty when nothing was promoted."""
        stack = self._stack(detector)
        return stack[-1].before if stack else ""

    def _stack(self, detector: str) -> list[Promotion]:
        """Promotions that no roll-back took back, the oldest first."""
        stack: list[Promotion] = []
        for row in self.promotions(detector):
            if not row.rolled_back:
                stack.append(row)
            elif stack:
                stack.pop()
        return stack

    def promote(
        self,
        detector: str,
        before: str,
        after: str,
        after_sha256: str,
        by: str,
        training: str = "",
        rolled_back: bool = False,
    ) -> Promotion:
        """Use other weights from now on; that they are whole is for the caller to see to.

        Args:
            detector: Whose weights.
            before: Name of those in use.
            after: Name of the others.
            after_sha256: Hash of their tensors.
            by: Who says so.
            training: That made them; empty for none.
            rolled_back: It takes an earlier promotion back.

        Returns:
            The promotion, which counts now.

        Raises:
            KnownError: It cannot be written; then nothing has changed.
        """
        with alone(self.folder / "promotions.lock"):
            now = self._pointer_or_rebuilt()
            number = now.number + 1
            made = Promotion(
                number,
                detector,
                before,
                after,
                after_sha256,
                self._now(),
                by,
                training,
                rolled_back,
            )
            self._catch_up(now.last)
            names, hashes = dict(now.names), dict(now.hashes)
            if rolled_back and len(self._stack(detector)) < 2:
                # What did not come from here: there the newest counts, also after an update.
                names.pop(detector, None)
                hashes.pop(detector, None)
            else:
                names[detector], hashes[detector] = after, after_sha256
            pointer = WeightsInUse(number, names, hashes, made)
            document = json.dumps(in_use_document(pointer), indent=1)
            write_whole(self.folder / "active.json", document.encode())
            self._catch_up(made)
        return made

    def _pointer_or_rebuilt(self) -> WeightsInUse:
        """The pointer, or what the lines say it was where something damaged it.

        Raises:
            KnownError: A newer version wrote it, so it is not ours to replace.
        """
        try:
            return self.in_use()
        except KnownError as error:
            if self._pointer_is_newer():
                raise KnownError(
                    "A newer version of Onglass promoted weights here; update Onglass to promote "
                    "others or to roll back.",
                    error.details,
                ) from error
            rows = self._lines()
        return WeightsInUse(
            max((row.number for row in rows), default=0),
            {row.detector: row.after for row in rows},
            {row.detector: row.after_sha256 for row in rows},
            max(rows, key=lambda row: row.number, default=None),
        )

    def _pointer_is_newer(self) -> bool:
        try:
            return is_newer(json.loads((self.folder / "active.json").read_text("utf-8")))
        except (OSError, ValueError):
            return False

    def _catch_up(self, last: Promotion | None) -> None:
        """Add the line of the pointer's promotion where it is missing."""
        if last is not None and all(row.number != last.number for row in self._lines()):
            append_line(self._log, json.dumps(promotion_document(last), sort_keys=True))

    def _lines(self) -> list[Promotion]:
        try:
            lines = self._log.read_text("utf-8", "replace").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise KnownError(f"{self._log.name} cannot be read.", str(error)) from error
        found = []
        for line in lines:
            try:
                found.append(promotion_of(json.loads(line)))
            except _BROKEN:
                # A crash cut it off; the pointer has the promotion itself.
                continue
        return found

    @property
    def _log(self) -> Path:
        return self.folder / "promotions.jsonl"


def runs_by_other_weights(store: Store, detector: str, sha256: str) -> tuple[Run, ...]:
    """The newest finished run of each title that was measured by other weights than these.

    Re-analysis is for a person to ask for: findings keep the stamp of the weights that made them.

    Args:
        store: Where the runs are.
        detector: Whose weights.
        sha256: Hash of the tensors of those that measure now.
    """
    found = []
    for title in store.titles.all():
        newest = _newest(store.runs.of(title.fingerprint), detector)
        if newest is not None and newest.weights.get(detector, "") != sha256:
            found.append(newest)
    return tuple(found)


def _newest(runs: Sequence[Run], detector: str) -> Run | None:
    mine = [r for r in runs if detector in r.detectors and r.state is RunState.DONE]
    return max(mine, key=lambda run: run.started, default=None)


def _read(path: Path) -> Training:
    try:
        return training_of(json.loads(path.read_text("utf-8")))
    except (OSError, *_BROKEN) as error:
        raise KnownError(f"The training {path.parent.name} cannot be read.", str(error)) from error
