"""All commands of `onglass` in one program."""

from __future__ import annotations

import typer

from core.cli import (
    agreement,
    annotate,
    assign,
    capacity,
    channels,
    compare,
    detectors,
    doctor,
    evaluate,
    export,
    intake,
    learn,
    models,
    monitor,
    review,
    sample,
    scan,
    simulate,
    spot,
    store,
    titles,
    watch,
)

app = typer.Typer(
    name="onglass",
    help="Play a title, see where it is broken, decide.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.command("review")(review.review)
app.command("scan")(scan.scan)
app.command("watch")(watch.watch)
app.command("capacity")(capacity.capacity)
app.command("detectors")(detectors.detectors)
app.command("sample")(sample.sample)
app.command("simulate")(simulate.simulate)
app.command("evaluate")(evaluate.evaluate)
app.command("agreement")(agreement.agreement)
app.command("assign")(assign.assign)
app.command("export")(export.export)
app.command("compare")(compare.compare)
app.command("import")(intake.import_list)
app.command("titles")(titles.titles)
app.command("monitor")(monitor.monitor)
app.command("channels")(channels.channels)
app.command("doctor")(doctor.doctor)
app.add_typer(learn.app, name="learn")
app.add_typer(spot.app, name="spot")
app.add_typer(annotate.app, name="annotate")
app.add_typer(store.app, name="store")
app.add_typer(models.app, name="models")
