"""What is known of trained weights: a card that travels with them.

The card is a JSON file beside the weights; the page for people is made from it, so that the two
cannot differ. It names every file with its SHA-256, and a file is used only when that is right.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from core.domain.errors import BugError, KnownError

FORMAT = 1
"""Version of the JSON's shape."""

FILE_KINDS = (".safetensors", ".onnx")
"""How the names of files that hold weights end. Nothing else is ever opened."""

_NAME = re.compile(r"(?P<detector>[a-z][a-z0-9_]*)\.r(?P<revision>[1-9][0-9]{0,8})")
_HASH = re.compile(r"[0-9a-f]{64}")
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure, and what it was measured on.

    Attributes:
        name: What was measured, for example `frame ROC AUC`.
        value: The figure.
        on: The data.
        unit: Of the figure; empty for a plain number.
    """

    name: str
    value: float
    on: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class WeightsCard:
    """Where weights come from, what they are for, how good they are and which files they are.

    Attributes:
        name: Detector and revision, as `block_corruption.r1`; files begin with it.
        architecture: Class of the network.
        options: What the network is built with, for example `{"backbone": "resnet18"}`.
        preprocessing: What the network is given.
        classes: What it tells apart; may say what each number means.
        recipe: How it was trained, in words that let it be done again.
        data: What it was trained on, a line a source.
        metrics: Figures with the data they were measured on.
        licence: SPDX name of the weights' own licence.
        parent: Weights that training started from; empty when it started from nothing.
        parent_licence: Theirs; empty without a parent.
        proven: Runtimes whose answers were compared with the network's own and found as good.
        notes: What a user should know besides, a sentence each.
        training: Id of the training on this machine that made them; they are used only when they
            are promoted. Empty for others.
        files: SHA-256 in hex by name of file, all in the folder of the card.
    """

    name: str
    architecture: str
    preprocessing: str
    classes: tuple[str, ...]
    recipe: str
    data: tuple[str, ...]
    licence: str
    options: Mapping[str, str] = field(default_factory=dict)
    metrics: tuple[Measured, ...] = ()
    parent: str = ""
    parent_licence: str = ""
    proven: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    training: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if _NAME.fullmatch(self.name) is None:
            raise BugError(f"weights are named as block_corruption.r1 is, not {self.name!r}")
        for name, digest in self.files.items():
            if not name.startswith(f"{self.name}.") or not name.endswith(FILE_KINDS):
                raise BugError(f"{name!r} is no file of {self.name}")
            if Path(name).name != name or "\\" in name or _HASH.fullmatch(digest) is None:
                raise BugError(f"{name!r} with {digest!r} is no file with its hash")

    @property
    def detector(self) -> str:
        """Whose weights these are."""
        return self.name.rpartition(".r")[0]

    @property
    def revision(self) -> int:
        """Counts from 1; a higher one is newer."""
        return int(self.name.rpartition(".r")[2])

    def to_json(self) -> str:
        """The card as JSON text, the same for the same card."""
        told = {"format": FORMAT, **asdict(self)}
        if not self.training:
            # Only then, so that earlier versions read the cards of weights from elsewhere.
            del told["training"]
        return json.dumps(told, indent=2, ensure_ascii=False) + "\n"

    def to_markdown(self) -> str:
        """The card as a page for people."""
        options = ", ".join(f"{name} {value}" for name, value in self.options.items())
        parts = [
            f"# {self.name}",
            f"**Network:** {self.architecture}{f' ({options})' if options else ''}",
            f"**Sees:** {self.preprocessing}",
            f"**Tells apart:** {', '.join(self.classes)}",
            f"**Licence:** {self.licence}",
            f"**Started from:** {_parent(self)}",
            f"## Training\n\n{self.recipe}",
            "## Data\n\n" + "\n".join(f"- {line}" for line in self.data),
        ]
        if self.metrics:
            rows = "\n".join(
                f"| {_cell(m.name)} | {m.value:.6g} {m.unit}".rstrip() + f" | {_cell(m.on)} |"
                for m in self.metrics
            )
            parts.append(f"## Measured\n\n| What | Figure | On |\n|---|---|---|\n{rows}")
        proven = ", ".join(self.proven) or "none"
        parts.append(f"**Runtimes whose answers were found as good:** {proven}")
        if self.notes:
            parts.append("## To know\n\n" + "\n".join(f"- {line}" for line in self.notes))
        files = "\n".join(f"| `{name}` | `{digest}` |" for name, digest in self.files.items())
        parts.append(f"## Files\n\n| File | SHA-256 |\n|---|---|\n{files}")
        return "\n\n".join(parts) + "\n"


def card_from_json(text: str, source: str) -> WeightsCard:
    """Read a card.

    Args:
        text: JSON.
        source: Where it comes from, for the sentence of an error.

    Raises:
        KnownError: It is no card, or one of a newer format.
    """
    sentence = f"{source} is no card of weights."
    try:
        document = json.loads(text)
    except ValueError as error:
        raise KnownError(sentence, str(error)) from error
    if not isinstance(document, dict):
        raise KnownError(sentence)
    if document.pop("format", None) != FORMAT:
        raise KnownError(f"{source} is a card of a format that this version does not know.")
    try:
        return _card(document)
    except (BugError, KeyError, TypeError, ValueError) as error:
        raise KnownError(sentence, str(error)) from error


def read_card(path: Path) -> WeightsCard:
    """Read a card from its file, whose name is the weights' with `.json`.

    Raises:
        KnownError: It cannot be read, is no card, or tells of other weights.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(f"The card {path.name} cannot be read.", str(error)) from error
    card = card_from_json(text, path.name)
    if path.name != f"{card.name}.json":
        raise KnownError(f"The card {path.name} tells of other weights, {card.name}.")
    return card


def hash_of(path: Path) -> str:
    """SHA-256 of a file, in hex.

    Raises:
        OSError: It cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _card(document: dict[str, Any]) -> WeightsCard:
    metrics = [Measured(**item) for item in _listed(document.pop("metrics", []), dict)]
    for item in metrics:
        for text in (item.name, item.on, item.unit):
            _text(text)
        if not isinstance(item.value, int | float) or isinstance(item.value, bool):
            raise TypeError(f"{item.value!r} is no figure")
    lists = {
        name: tuple(_listed(document.pop(name, []), str))
        for name in ("classes", "data", "proven", "notes")
    }
    maps = {name: _map(document.pop(name, {})) for name in ("options", "files")}
    texts = {name: _text(value) for name, value in document.items()}
    return WeightsCard(metrics=tuple(metrics), **lists, **maps, **texts)  # type: ignore[arg-type]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _listed(value: object, kind: type) -> list[Any]:
    if not isinstance(value, list) or not all(isinstance(item, kind) for item in value):
        raise TypeError(f"{value!r} is no list of {kind.__name__}")
    return value


def _map(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no map")
    return {_text(name): _text(item) for name, item in value.items()}


def _parent(card: WeightsCard) -> str:
    if not card.parent:
        return "nothing, random weights"
    return f"{card.parent} ({card.parent_licence or 'licence not stated'})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
