"""Options that the experiments have in common: how often, where to, and by which protocol."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Seeds = Annotated[int, typer.Option("--seeds", min=1, help="How often everything is repeated.")]
Markdown = Annotated[
    Path | None,
    typer.Option(
        "--markdown", metavar="FILE", help="Write the tables, and the curves into images/."
    ),
]
JsonTo = Annotated[
    str, typer.Option("--json", metavar="FILE|-", help="Write JSON; - is standard output.")
]
Protocol = Annotated[
    Path | None,
    typer.Option(
        "--protocol",
        metavar="FILE",
        help="What is fixed beforehand, as TOML.",
        show_default="the one that ships",
    ),
]
