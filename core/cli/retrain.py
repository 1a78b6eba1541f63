"""`onglass learn`: better weights and thresholds from verdicts, the gate, and the way back."""

from __future__ import annotations

import getpass
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from core.catalog.profile_file import load_profile, save_profile
from core.cli.output import (
    ProfileOption,
    StoreOption,
    progress_console,
    report_console,
    where_store,
    write_json,
)
from core.config import paths
from core.domain.errors import CancelledError, KnownError
from core.domain.lineage import Change, Training, TrainingState, WeightsComparison
from core.domain.lineage_document import promotion_document, training_document
from core.domain.profile import Profile
from core.jobs.progress import CancelToken
from core.models.weights import in_use
from core.store.lineage import LineageBook, runs_by_other_weights
from core.store.store import Store

Told = Callable[[], AbstractContextManager[Callable[[float, str], None]]]

JsonFlag = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
TrainingArgument = Annotated[
    str, typer.Argument(help="Id of a training, or how it begins; `learn history` lists them.")
]
DetectorArgument = Annotated[str, typer.Argument(help="Id of a detector.")]
ByOption = Annotated[str, typer.Option("--by", help="Who says so.", show_default="the user's name")]


def add_to(app: typer.Typer, told: Told) -> None:
    """Add the commands.

    Args:
        app: `onglass learn`.
        told: Shows progress.
    """

    @app.command("retrain")
    def retrain_command(
        detector: DetectorArgument,
        snapshot: Annotated[
            str,
            typer.Option(
                "--snapshot", help="Id of a snapshot, or how it begins.", show_default="one of now"
            ),
        ] = "",
        data: Annotated[
            list[Path] | None,
            typer.Option(
                "--data",
                metavar="DIR",
                help="A folder of clean content to rehearse on besides what the product draws; "
                "may be repeated.",
            ),
        ] = None,
        damaged: Annotated[
            list[Path] | None,
            typer.Option(
                "--damaged",
                metavar="PATH",
                help="Files that are really damaged, or a folder of them: the gate counts how many "
                "are still found; may be repeated.",
            ),
        ] = None,
        seed: Annotated[
            int, typer.Option("--seed", min=0, help="Chooses what chance decides.")
        ] = 0,
        training: Annotated[
            str,
            typer.Option(
                "--resume",
                metavar="ID",
                help="A training to go on with.",
                show_default="the one like this that was paused",
            ),
        ] = "",
        device: Annotated[
            str,
            typer.Option("--device", help="cpu or cuda.", show_default="a GPU when there is one"),
        ] = "",
        store: StoreOption = "",
        as_json: JsonFlag = False,
    ) -> None:
        """Train a candidate from verdicts and hold it against its parent.

        Ctrl+C pauses; the same command goes on from there.
        """
        from core.learning.retrain.course import Order, retrain

        order = Order(
            detector,
            snapshot or None,
            training,
            tuple(data or ()),
            seed,
            device,
            tuple(damaged or ()),
        )
        with (
            Store.open(where_store(store), create=False) as opened,
            _pausing() as cancel,
            told() as say,
        ):
            try:
                made = retrain(
                    opened,
                    order,
                    progress=lambda t: say(t.progress, t.stage),
                    check=cancel.check,
                )
            except CancelledError:
                progress_console().print("Paused; the same command goes on from here.")
                raise typer.Exit(130) from None
        _show_training(made, as_json)

    @app.command("gate")
    def gate_command(
        training: TrainingArgument,
        changes: Annotated[
            bool, typer.Option("--changes", help="Measure what it changes on the library, too.")
        ] = False,
        seconds: Annotated[
            float, typer.Option("--seconds", min=1.0, help="Of content to measure at most.")
        ] = 600.0,
        store: StoreOption = "",
        as_json: JsonFlag = False,
    ) -> None:
        """Say how a candidate stands beside its parent, and what it would change."""
        found = LineageBook().training(training)
        if not changes:
            _show_training(found, as_json)
            return
        from core.learning.retrain.compare import compare_weights

        with (
            Store.open(where_store(store), read_only=True, create=False) as opened,
            _pausing() as cancel,
            told() as say,
        ):
            comparison = compare_weights(
                opened, found, longest_s=seconds, progress=say, check=cancel.check
            )
        if as_json:
            document = training_document(found) | {"changes": _comparison_document(comparison)}
            write_json(document)
            return
        _show_training(found, False)
        _show_comparison(comparison)

    @app.command("promote")
    def promote_command(
        training: TrainingArgument,
        by: ByOption = "",
        against_gate: Annotated[
            bool, typer.Option("--against-gate", help="Also when the gate holds it back.")
        ] = False,
        store: StoreOption = "",
    ) -> None:
        """Use a training's candidate from now on."""
        from core.learning.retrain.promotion import promote

        book = LineageBook()
        made = promote(book, training, by or getpass.getuser(), against_gate=against_gate)
        print(f"{made.after} measures from now on, in place of {made.before}.")
        _offer(store, made.detector)

    @app.command("rollback")
    def rollback_command(detector: DetectorArgument, by: ByOption = "") -> None:
        """Go back to the weights that measured before."""
        from core.learning.retrain.promotion import roll_back

        made = roll_back(LineageBook(), detector, by or getpass.getuser())
        print(f"{made.after} measures again, in place of {made.before}.")

    @app.command("history")
    def history_command(
        detector: Annotated[str, typer.Argument(help="Only of this detector.")] = "",
        as_json: JsonFlag = False,
    ) -> None:
        """List trainings and promotions, the oldest first."""
        book = LineageBook()
        trainings, promotions = book.trainings(detector), book.promotions(detector)
        if as_json:
            write_json(
                {
                    "trainings": [training_document(one) for one in trainings],
                    "promotions": [promotion_document(one) for one in promotions],
                }
            )
            return
        table = Table("Training", "Detector", "From", "Candidate", "State", "Gate", title="Trained")
        for one in trainings:
            gate = "" if one.gate is None else "passes" if one.gate.passes else "held back"
            table.add_row(one.id, one.detector, one.parent, one.candidate, str(one.state), gate)
        console = report_console()
        console.print(table)
        moves = Table("No.", "When (UTC)", "Before", "After", "By", "", title="In use")
        for p in promotions:
            what = "rolled back" if p.rolled_back else p.training
            moves.add_row(
                str(p.number), f"{p.at:%Y-%m-%d %H:%M}", p.before, p.after, escape(p.by), what
            )
        console.print(moves)
        for name in sorted({p.detector for p in promotions}):
            if sentence := in_use(name).sentence:
                console.print(escape(sentence))

    @app.command("refit")
    def refit_command(
        detector: DetectorArgument,
        profile: ProfileOption = "default",
        recall: Annotated[
            float,
            typer.Option(
                "--recall", min=0.0, max=1.0, help="Share of the confirmed flags to keep."
            ),
        ] = 0.98,
        save: Annotated[
            str,
            typer.Option("--save", metavar="NAME", help="Keep it as a profile of this name."),
        ] = "",
        store: StoreOption = "",
        as_json: JsonFlag = False,
    ) -> None:
        """Propose thresholds of any detector that drop what people rejected."""
        from core.learning.retrain.refit import accepted, refit

        chosen = load_profile(profile)
        with Store.open(where_store(store), read_only=True, create=False) as opened:
            proposal = refit(opened, detector, chosen, recall)
        if as_json:
            write_json(asdict(proposal))
        else:
            for sentence in proposal.sentences:
                report_console().print(escape(sentence))
        if save:
            _save_as(accepted(proposal, chosen), save)
            if proposal.calibration:
                LineageBook().keep_calibration(detector, proposal.calibration)


def _save_as(profile: Profile, name: str) -> None:
    if not name.replace("_", "").replace("-", "").isalnum():
        raise KnownError(f"{name} is no name for a profile.")
    path = paths.profiles_dir() / f"{name}.toml"
    if path.exists():
        raise KnownError(f"There is a profile named {name} already.")
    save_profile(replace(profile, name=name, title=f"{profile.title}, re-fitted"), path)


@contextmanager
def _pausing() -> Iterator[CancelToken]:
    """Ctrl+C raises the token; pressed again it ends the program."""
    cancel = CancelToken()

    def pause(_number: int, _frame: object) -> None:
        if cancel.cancelled:
            raise KeyboardInterrupt
        cancel.cancel()

    before = signal.signal(signal.SIGINT, pause)
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, before)


def _offer(store: str, detector: str) -> None:
    """Say which titles other weights measured; nothing is analysed anew unasked."""
    try:
        with Store.open(where_store(store), read_only=True, create=False) as opened:
            runs = runs_by_other_weights(opened, detector, in_use(detector).weights.tensors_sha256)
    except KnownError:
        return
    if runs:
        print(
            f"{len(runs)} titles were measured by other weights and keep their flags; "
            "`onglass scan` measures them anew."
        )


def _show_training(training: Training, as_json: bool) -> None:
    if as_json:
        write_json(training_document(training))
        return
    console = report_console()
    console.print(f"[bold]{training.id}[/bold] {escape(training.detector)}: {training.state}")
    for sentence in () if training.gate is None else training.gate.sentences:
        console.print(escape(sentence))
    if training.state is TrainingState.EXAMINED:
        console.print(f"`onglass learn promote {training.id}` uses {training.candidate}.")


def _show_comparison(comparison: WeightsComparison) -> None:
    table = Table("", "Title", "From", "To", "Score", "Verdict", title="On the library")
    for one in comparison.changes:
        if one.change is not Change.KEPT:
            span = one.finding.span
            table.add_row(
                str(one.change),
                escape(one.name),
                f"{span.start_s:.2f}",
                f"{span.end_s:.2f}",
                f"{one.finding.score:.2f}",
                str(one.decision or ""),
            )
    console = report_console()
    console.print(table)
    counts = ", ".join(f"{comparison.count(change)} {change}" for change in Change)
    console.print(
        f"{counts}; {comparison.titles} titles, {comparison.measured_s:.0f} s measured anew."
    )
    for sentence in comparison.left_out:
        console.print(escape(sentence))


def _comparison_document(comparison: WeightsComparison) -> dict[str, Any]:
    return {
        "titles": comparison.titles,
        "measured_s": comparison.measured_s,
        "left_out": list(comparison.left_out),
        "findings": [
            {
                "change": str(one.change),
                "title": one.name,
                "fingerprint": one.fingerprint,
                "start_pts": one.finding.span.start,
                "end_pts": one.finding.span.end,
                "time_base": str(one.finding.span.base),
                "start_s": one.finding.span.start_s,
                "end_s": one.finding.span.end_s,
                "score": one.finding.score,
                "picture_pts": one.picture_pts,
                "decision": None if one.decision is None else str(one.decision),
            }
            for one in comparison.changes
        ],
    }
