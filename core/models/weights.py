"""Finds, checks, loads and saves trained weights.

Weights are safetensors, which hold numbers and nothing that could run, and ONNX graphs made from
them; both are named with their hashes in a card (`core/models/card.py`). What is handed on are the
very bytes whose hash was right. torch is imported only by what needs a network.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.config import paths
from core.domain.errors import KnownError
from core.domain.lineage_document import in_use_of
from core.models.card import FILE_KINDS, WeightsCard, hash_of, read_card

if TYPE_CHECKING:
    from torch import Tensor, nn

TENSORS = ".safetensors"
"""How the name of the file ends that holds the network's own numbers."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights on disk.

    Attributes:
        card: What is known of them.
        folder: Where card and files are.
        own: Whether the user added them; else they came with the product.
    """

    card: WeightsCard
    folder: Path
    own: bool = False

    @property
    def tensors_sha256(self) -> str:
        """What names these weights for good: the hash of the file of tensors; may be empty."""
        return self.card.files.get(self.card.name + TENSORS, "")

    def has(self, ending: str) -> bool:
        """Whether the card names a file with this ending, for example `.int8.onnx`."""
        return self.card.name + ending in self.card.files

    def read(self, ending: str) -> bytes:
        """A file's content, its hash checked.

        Args:
            ending: What follows the weights' name in the file's, for example `.safetensors`.

        Raises:
            KnownError: The card names no such file, it is missing, or it is not what the card
                tells of.
        """
        name = self.card.name + ending
        if name not in self.card.files:
            raise KnownError(f"The weights {self.card.name} have no file {name}.")
        try:
            content = (self.folder / name).read_bytes()
        except OSError as error:
            raise KnownError(f"The file of weights {name} is missing.", str(error)) from error
        if hashlib.sha256(content).hexdigest() != self.card.files[name]:
            raise KnownError(_differs(name), str(self.folder))
        return content


def own_folder() -> Path:
    """Where the user's own weights are."""
    return paths.data_dir() / "weights"


def shipped_folder() -> Path:
    """Where the weights are that came with the product."""
    return paths.resources_dir() / "weights"


def installed() -> list[Weights]:
    """All weights there are, by name; the user's own come before shipped ones of their name.

    One whose card cannot be read is left out, for a newer version may have left it; `unreadable`
    tells of it.
    """
    found = [kept for kept in _kept() if isinstance(kept, Weights)]
    return sorted(found, key=lambda w: (w.card.detector, w.card.revision, not w.own))


def taken_names() -> frozenset[str]:
    """Names that weights have here, also those whose card cannot be read."""
    folders = (own_folder(), shipped_folder())
    return frozenset(path.stem for folder in folders for path in folder.glob("*.r*.json"))


def unreadable() -> list[KnownError]:
    """What is wrong with the cards that `installed` leaves out."""
    return [kept for kept in _kept() if isinstance(kept, KnownError)]


def _kept() -> Iterator[Weights | KnownError]:
    for folder, own in ((own_folder(), True), (shipped_folder(), False)):
        for path in sorted(folder.glob("*.r*.json")):
            try:
                yield Weights(read_card(path), folder, own)
            except KnownError as error:
                yield error


def find(wanted: str) -> Weights:
    """The weights of a name, or those that measure for a detector.

    Args:
        wanted: `block_corruption.r1` or `block_corruption`, for which `in_use` chooses.

    Raises:
        KnownError: There are none.
    """
    named = [w for w in installed() if w.card.name == wanted]
    if named:
        return named[0]
    tried = _tried.get(wanted)
    return tried if tried is not None else in_use(wanted).weights


_tried: dict[str, Weights] = {}


@contextmanager
def trying(weights: Weights) -> Iterator[None]:
    """Have this process measure with other weights for a while, promoted or not.

    Args:
        weights: What `find` gives for their detector until the end.
    """
    before = _tried.get(weights.card.detector)
    _tried[weights.card.detector] = weights
    try:
        yield
    finally:
        del _tried[weights.card.detector]
        if before is not None:
            _tried[weights.card.detector] = before


@dataclass(frozen=True, slots=True)
class InUse:
    """The weights that measure for a detector.

    Attributes:
        weights: Which.
        sentence: Why they are not those that were promoted; empty when they are, or none were.
    """

    weights: Weights
    sentence: str = ""


def in_use(detector: str) -> InUse:
    """The weights that were promoted last, or the newest from elsewhere where none were.

    Weights that a training made here are used only once they are promoted. Promoted weights that
    are missing or altered are passed over, and the sentence says so.

    Raises:
        KnownError: There are none.
    """
    mine = [w for w in installed() if w.card.detector == detector]
    name, digest, sentence = _pointed(detector)
    if name:
        named = next((w for w in mine if w.card.name == name), None)
        if named is not None and named.tensors_sha256 == digest and not problems(named):
            return InUse(named)
        state = "missing" if named is None else "altered"
        sentence = f"The promoted weights {name} are {state}"
        if named is None and name in taken_names():
            sentence = f"This version cannot read the card of the promoted weights {name}"
    others = [w for w in mine if not w.card.training]
    if not others:
        raise KnownError(
            f"There are no weights for {detector}.", "`onglass models add` takes a file of them."
        )
    newest = max(w.card.revision for w in others)
    found = next(w for w in others if w.card.revision == newest)
    return InUse(found, f"{sentence}; {found.card.name} is used instead." if sentence else "")


def _pointed(detector: str) -> tuple[str, str, str]:
    """Name and hash that the pointer gives, empty without; and what is wrong with the pointer."""
    path = paths.weights_pointer()
    try:
        pointer = in_use_of(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return "", "", ""
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "", "", f"{path.name}, which says what was promoted, cannot be read"
    return pointer.names.get(detector, ""), pointer.hashes.get(detector, ""), ""


def kept_graph(weights: Weights, export: Callable[[Path], None], part: str = "") -> bytes:
    """The graph with 32 bits: made from the weights when it is first asked for, then kept.

    Args:
        weights: Whose.
        export: Writes it.
        part: Of the network, where it has a graph for each.
    """
    part = f"{part}." if part else ""
    name = f"{weights.card.name}.{weights.tensors_sha256[:16]}.{part}fp32.onnx"
    path = paths.cache_dir() / "weights" / name
    if not path.is_file():
        export(path)
    return path.read_bytes()


def problems(weights: Weights) -> list[str]:
    """What is wrong with the files of weights, a sentence each; empty when nothing is."""
    said = []
    for name, digest in weights.card.files.items():
        try:
            right = hash_of(weights.folder / name) == digest
        except OSError:
            said.append(f"The file of weights {name} is missing.")
            continue
        if not right:
            said.append(_differs(name))
    if not weights.card.files:
        said.append(f"The card of {weights.card.name} names no file.")
    return said


def load_into(net: nn.Module, weights: Weights) -> None:
    """Give a network its weights, widened to the precision that it has.

    Raises:
        KnownError: The file is missing, altered, no safetensors, or for another network.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load

    content = weights.read(TENSORS)
    try:
        net.load_state_dict(load(content))
    except (SafetensorError, RuntimeError, ValueError) as error:
        raise KnownError(
            f"The weights {weights.card.name} do not fit the network.", str(error)
        ) from error


def save(net: nn.Module, card: WeightsCard, folder: Path) -> Weights:
    """Write a network's weights with their card and its page.

    Kernels and matrices are stored as fp16, everything else, and what fp16 cannot hold, as it is.
    Load them back before an export or a measurement, so that both see what was stored.

    Args:
        net: The network.
        card: Its `files` are made anew from what is in the folder.
        folder: Made when it is missing.

    Returns:
        The weights, with the card as it was written.
    """
    from safetensors.torch import save as as_bytes

    tensors = {name: _stored(value) for name, value in net.state_dict().items()}
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / (card.name + TENSORS), as_bytes(tensors))
    return write_card(card, folder)


def write_card(card: WeightsCard, folder: Path) -> Weights:
    """Write a card and its page, with the hashes of the weights' files that are in the folder.

    Args:
        card: Its `files` are made anew.
        folder: Where the files are.

    Returns:
        The weights, with the card as it was written.
    """
    files = sorted(path for path in folder.glob(f"{card.name}.*") if path.name.endswith(FILE_KINDS))
    sealed = replace(card, files={path.name: hash_of(path) for path in files})
    _write(folder / f"{card.name}.json", sealed.to_json().encode())
    _write(folder / f"{card.name}.md", sealed.to_markdown().encode())
    return Weights(sealed, folder)


def add(path: Path) -> Weights:
    """Copy a user's own weights into the folder of data.

    Nothing is opened but the card: the files are hashed and copied.

    Args:
        path: The card, or one of the files beside it.

    Returns:
        The weights as they are now installed.

    Raises:
        KnownError: There is no card, a file is missing or not what the card tells of, or other
            weights have this name already.
    """
    weights = Weights(read_card(_card_beside(path)), path.parent, own=True)
    wrong = problems(weights)
    if wrong:
        raise KnownError(wrong[0], "\n".join(wrong[1:]))
    name = weights.card.name
    present = [kept.card for kept in installed() if kept.card.name == name]
    if any(card != weights.card for card in present) or (not present and name in taken_names()):
        raise KnownError(f"There are other weights named {name} already.")
    folder = own_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for name in weights.card.files:
        _copy(path.parent / name, folder / name, weights.card.files[name])
    _write(folder / f"{weights.card.name}.md", weights.card.to_markdown().encode())
    # The card comes last: without it the files are not there for anybody.
    _write(folder / f"{weights.card.name}.json", weights.card.to_json().encode())
    return replace(weights, folder=folder)


def _card_beside(path: Path) -> Path:
    if not path.is_file():
        raise KnownError(f"There is no file {path}.")
    if path.suffix == ".json":
        return path
    if not path.name.endswith(FILE_KINDS):
        raise KnownError(
            f"{path.name} is no file of weights; they are safetensors or ONNX, with a card."
        )
    cards = [card for card in sorted(path.parent.glob("*.json")) if _is_of(path.name, card.stem)]
    if not cards:
        raise KnownError(f"{path.name} has no card beside it, and weights are not added without.")
    return cards[0]


def _is_of(file: str, name: str) -> bool:
    return file.startswith(f"{name}.")


def _copy(source: Path, target: Path, digest: str) -> None:
    draft = target.with_name(f".{target.name}.draft")
    try:
        shutil.copyfile(source, draft)
        # The file may have changed since it was looked at.
        if hash_of(draft) != digest:
            raise KnownError(_differs(source.name))
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(content)
    os.replace(draft, path)


def _stored(value: Tensor) -> Tensor:
    value = value.detach().cpu().contiguous()
    if value.ndim < 2 or not value.is_floating_point():
        return value
    half = value.half()
    return half if bool(half.isfinite().all()) else value


def _differs(name: str) -> str:
    return f"The file of weights {name} is not the one that its card tells of."
