"""`onglass sample`: the sample title and its truth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.cli.output import progress_console, write_json


def sample(
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to; else among the cached files.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Make the sample title: a minute and a half with a defect for every detector."""
    from core.simulate.sample_title import make_sample

    with progress_console().status("Making the sample title …"):
        path, truth = make_sample(out)
    if as_json:
        write_json({"path": str(path), "truth": truth.as_json()})
    else:
        print(path)
