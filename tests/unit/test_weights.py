"""Cards and files of weights: what is written is read, and nothing else is opened."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from core.cli.app import main
from core.config import paths
from core.domain.errors import BugError, KnownError
from core.models import weights as room
from core.models.card import Measured, WeightsCard, card_from_json, read_card
from core.models.weights import (
    add,
    find,
    installed,
    load_into,
    own_folder,
    problems,
    save,
    write_card,
)


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONGLASS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(room, "shipped_folder", lambda: tmp_path / "shipped")


@pytest.fixture
def card() -> WeightsCard:
    return WeightsCard(
        name="block_corruption.r1",
        architecture="BlockCorruptionNet",
        options={"backbone": "resnet18"},
        preprocessing="RGB",
        classes=("corrupted",),
        recipe="Two epochs, seed 1.",
        data=("photographs", "clips | of ours"),
        licence="Apache-2.0",
        metrics=(Measured("frame ROC AUC", 0.99125, "unseen | sources"),),
        parent="MobileNetV2 on ImageNet",
        parent_licence="BSD-3-Clause",
        proven=("onnx_int8",),
        notes=("Weak on confetti.",),
    )


def small_net() -> nn.Sequential:
    torch.manual_seed(1)
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))


def test_a_card_comes_back_from_its_file_as_it_was(card: WeightsCard, tmp_path: Path) -> None:
    saved = save(small_net(), card, tmp_path)
    again = read_card(tmp_path / "block_corruption.r1.json")
    assert again == saved.card
    assert replace(again, files={}) == card
    assert (again.detector, again.revision) == ("block_corruption", 1)


def test_the_page_says_what_the_card_says(card: WeightsCard, tmp_path: Path) -> None:
    sealed = save(small_net(), card, tmp_path).card
    page = (tmp_path / "block_corruption.r1.md").read_text()
    assert page == sealed.to_markdown()
    wanted = [card.recipe, "0.99125", "unseen \\| sources", "BSD-3-Clause", "Weak on confetti."]
    assert [text for text in [*wanted, *sealed.files.values()] if text not in page] == []


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"name": "block_corruption"},
        {"name": "../r1.r1"},
        {"files": {"../../x.safetensors": "0" * 64}},
        {"files": {"block_corruption.r1/../../x.safetensors": "0" * 64}},
        {"files": {"block_corruption.r1.pt": "0" * 64}},
        {"files": {"block_corruption.r1.safetensors": "short"}},
        {"metrics": [{"name": "AUC", "value": "good", "on": "x"}]},
        {"classes": "corrupted"},
        {"colour": "red"},
        {"licence": 3},
    ],
)
def test_a_card_that_is_none_is_refused(card: WeightsCard, change: dict[str, object]) -> None:
    document = json.loads(card.to_json()) | change
    with pytest.raises(KnownError, match="card"):
        card_from_json(json.dumps(document), "x.json")


def test_a_name_without_revision_is_a_mistake(card: WeightsCard) -> None:
    with pytest.raises(BugError):
        replace(card, name="mine")


def test_kernels_are_stored_as_halves_and_all_else_as_it_is(
    card: WeightsCard, tmp_path: Path
) -> None:
    net = small_net()
    net.state_dict()["1.running_var"].fill_(1e-12)
    saved = save(net, card, tmp_path)
    stored = load_file(tmp_path / "block_corruption.r1.safetensors")
    assert stored["0.weight"].dtype == torch.float16
    again = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
    load_into(again, saved)
    before, after = net.state_dict(), again.state_dict()
    assert after["0.weight"].dtype == torch.float32
    assert torch.allclose(after["0.weight"], before["0.weight"], atol=2e-4)
    assert torch.equal(after["1.running_var"], before["1.running_var"])


def test_what_halves_cannot_hold_is_stored_whole(card: WeightsCard, tmp_path: Path) -> None:
    net = small_net()
    net.state_dict()["0.weight"].fill_(1e6)
    save(net, card, tmp_path)
    stored = load_file(tmp_path / "block_corruption.r1.safetensors")
    assert stored["0.weight"].dtype == torch.float32


def test_an_altered_file_is_not_loaded(card: WeightsCard, tmp_path: Path) -> None:
    saved = save(small_net(), card, tmp_path)
    path = tmp_path / "block_corruption.r1.safetensors"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(KnownError, match="not the one that its card tells of"):
        load_into(small_net(), saved)
    assert len(problems(saved)) == 1


def test_a_missing_file_is_told(card: WeightsCard, tmp_path: Path) -> None:
    saved = save(small_net(), card, tmp_path)
    (tmp_path / "block_corruption.r1.safetensors").unlink()
    with pytest.raises(KnownError, match="missing"):
        load_into(small_net(), saved)
    assert "missing" in problems(saved)[0]


def test_weights_of_another_network_are_refused(card: WeightsCard, tmp_path: Path) -> None:
    saved = save(small_net(), card, tmp_path)
    with pytest.raises(KnownError, match="do not fit"):
        load_into(nn.Conv2d(3, 4, 5), saved)


class Bomb:
    """Says so when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (pytest.fail, ("weights were unpickled",))


def test_a_pickle_is_never_opened(card: WeightsCard, tmp_path: Path) -> None:
    """Neither under its own name, nor under that of safetensors with the right hash."""
    disguised = tmp_path / "block_corruption.r1.safetensors"
    disguised.write_bytes(pickle.dumps(Bomb()))
    sealed = write_card(card, tmp_path)
    with pytest.raises(KnownError, match="do not fit"):
        load_into(small_net(), sealed)
    plain = tmp_path / "block_corruption.r1.pt"
    plain.write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(KnownError, match="no file of weights"):
        add(plain)


def test_the_newest_is_found_and_a_name_finds_its_own(card: WeightsCard, tmp_path: Path) -> None:
    for revision in (2, 10, 9):
        write = replace(card, name=f"block_corruption.r{revision}")
        save(small_net(), write, tmp_path / "shipped")
    assert find("block_corruption").card.revision == 10
    assert find("block_corruption.r9").card.revision == 9
    with pytest.raises(KnownError, match="no weights for lipsync"):
        find("lipsync")


def test_added_weights_are_the_users_own(card: WeightsCard, tmp_path: Path) -> None:
    theirs = save(small_net(), card, tmp_path / "download")
    added = add(tmp_path / "download" / "block_corruption.r1.safetensors")
    assert added.folder == paths.data_dir() / "weights"
    assert [(w.card, w.own) for w in installed()] == [(theirs.card, True)]
    assert problems(find("block_corruption")) == []
    add(tmp_path / "download" / "block_corruption.r1.json")


def test_weights_without_a_card_are_not_added(tmp_path: Path) -> None:
    path = tmp_path / "block_corruption.r1.safetensors"
    path.write_bytes(b"x")
    with pytest.raises(KnownError, match="no card"):
        add(path)


def test_altered_weights_are_not_added(card: WeightsCard, tmp_path: Path) -> None:
    save(small_net(), card, tmp_path / "download")
    path = tmp_path / "download" / "block_corruption.r1.safetensors"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(KnownError, match="not the one"):
        add(path)
    assert installed() == []


def test_other_weights_of_a_name_are_not_replaced(card: WeightsCard, tmp_path: Path) -> None:
    save(small_net(), card, tmp_path / "shipped")
    save(small_net(), replace(card, recipe="Another."), tmp_path / "download")
    with pytest.raises(KnownError, match="already"):
        add(tmp_path / "download" / "block_corruption.r1.json")


def test_the_command_lists_and_verifies(
    card: WeightsCard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = save(small_net(), card, tmp_path / "shipped")
    assert main(["models", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["weights"]
    assert [(w["name"], w["own"], w["files"]) for w in listed] == [
        (card.name, False, saved.card.files)
    ]
    assert main(["models", "list"]) == 0
    assert "block_corruption.r1" in capsys.readouterr().out
    assert main(["models", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True
    (tmp_path / "shipped" / "block_corruption.r1.safetensors").write_bytes(b"other")
    assert main(["models", "verify", "--json"]) == 1
    streams = capsys.readouterr()
    assert json.loads(streams.out)["ok"] is False
    assert streams.err.count("\n") == 1
    assert "not the one" in streams.err


def test_the_command_adds(
    card: WeightsCard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(small_net(), card, tmp_path / "download")
    file = tmp_path / "download" / "block_corruption.r1.safetensors"
    assert main(["models", "add", str(file)]) == 0
    assert "block_corruption.r1" in capsys.readouterr().out
    assert find("block_corruption").own
    assert main(["models", "add", str(tmp_path / "nothing.safetensors")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_card_of_a_newer_version_is_told_and_hides_no_other_weights(
    card: WeightsCard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(small_net(), card, tmp_path / "shipped")
    own_folder().mkdir(parents=True)
    newer = own_folder() / "block_corruption.r7.json"
    newer.write_text('{"format": 99, "name": "block_corruption.r7"}')
    assert find("block_corruption").card.name == card.name
    assert main(["models", "list", "--json"]) == 0
    streams = capsys.readouterr()
    assert [w["name"] for w in json.loads(streams.out)["weights"]] == [card.name]
    assert "r7.json is a card of a format that this version does not know" in streams.err
    assert main(["models", "verify", "--json"]) == 1
    streams = capsys.readouterr()
    assert json.loads(streams.out)["ok"] is False
    assert "r7.json" in streams.err
    save(small_net(), replace(card, name="block_corruption.r7"), tmp_path / "download")
    with pytest.raises(KnownError, match=r"other weights named block_corruption\.r7"):
        add(tmp_path / "download" / "block_corruption.r7.json")
    assert "99" in newer.read_text()
