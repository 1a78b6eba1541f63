from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.clip import make_clip

from core.catalog.table import DETECTORS
from core.cli.app import main
from core.cli.output import write_json
from core.domain.title import Title
from core.store.store import Store
from core.support import machine

COMMANDS = ("review", "scan", "detectors", "sample", "export", "store", "doctor")


@pytest.fixture(scope="module")
def title(tmp_path_factory: pytest.TempPathFactory) -> Title:
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4")


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_every_command_has_help(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--help"]) == 0
    assert "Usage" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan"],
        ["scan", "x.mp4", "--range", "9-3"],
        ["scan", "x.mp4", "--engine", "steam"],
        ["nonsense"],
        ["detectors", "--colour"],
        ["store", "burn"],
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "Usage" in capsys.readouterr().err


def test_known_error_is_status_1_and_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["store", "check", "--store", str(tmp_path / "none.db")]) == 1
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err.startswith("There is no store")
    assert streams.err.count("\n") == 1
    assert "Traceback" not in streams.err


def test_unknown_detector_is_a_known_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", str(tmp_path / "x.mp4"), "--detectors", "nonsense"]) == 1
    assert "no detector named nonsense" in capsys.readouterr().err


def test_detectors_lists_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["detectors", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["detectors"]
    assert [item["id"] for item in listed] == list(DETECTORS)
    for item in listed:
        spec = DETECTORS[item["id"]]
        assert [m["unit"] for m in item["metrics"]] == [m.unit for m in spec.metrics]
        assert [t["default"] for t in item["thresholds"]] == [t.default for t in spec.thresholds]
    assert main(["detectors"]) == 0
    assert "black" in capsys.readouterr().out


def test_scan_reports_findings_as_json_and_keeps_the_run(
    title: Title, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = tmp_path / "s.db"
    status = main(["scan", str(title.path), "--store", str(where), "--json", "-"])
    streams = capsys.readouterr()
    assert status == 0, streams.err
    (item,) = json.loads(streams.out)["titles"]
    assert item["fingerprint"] == title.fingerprint
    assert item["errors"] == []
    black = next(f for f in item["findings"] if f["detector"] == "black")
    assert (black["start_s"], black["end_s"]) == (1.0, 2.0)
    assert black["evidence"]["metric"] in {m.name for m in DETECTORS["black"].metrics}
    with Store.open(where, read_only=True) as store:
        run = store.runs.latest(title.fingerprint)
        assert run is not None
        assert run.id == item["run"]


def test_scan_of_a_folder_goes_on_after_a_bad_file(
    title: Title, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a_bad.mp4").write_bytes(b"not media at all" * 100)
    (folder / "b_good.mp4").write_bytes(title.path.read_bytes())
    out = tmp_path / "out.json"
    status = main(
        ["scan", str(folder), "--detectors", "black", "--range", "0.5-1.5", "--json", str(out)]
    )
    assert status == 1
    bad, good = json.loads(out.read_text())["titles"]
    assert bad["fingerprint"] is None
    assert len(bad["errors"]) == 1
    assert good["errors"] == []
    assert [f["detector"] for f in good["findings"]] == ["black"]
    assert good["findings"][0]["end_s"] == pytest.approx(1.52, abs=0.03)
    streams = capsys.readouterr()
    assert "a_bad.mp4" in streams.err
    assert "b_good.mp4" in streams.out


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_name_that_no_encoding_can_say_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff\xc3\xa9.mp4"))
    file.write_bytes(b"")
    out = tmp_path / "out.json"
    for target in (str(out), "-"):
        assert main(["scan", str(file), "--json", target]) == 1
    printed = capsys.readouterr().out
    for report in (out.read_text("utf-8"), printed[printed.index("{") :]):
        (item,) = json.loads(report)["titles"]
        assert item["path"] == str(file)


def test_report_stays_json_in_a_narrow_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, "cp1252"))
    write_json({"path": "日本 é 🎬"})
    sys.stdout.flush()
    assert json.loads(raw.getvalue()) == {"path": "日本 é 🎬"}


def test_store_commands_go_round(
    title: Title, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where, copy = str(tmp_path / "s.db"), str(tmp_path / "copy.db")
    with Store.open(where) as store:
        store.titles.put(title)
    assert main(["store", "check", "--store", where, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True
    assert main(["store", "backup", "--store", where, "--out", copy]) == 0
    assert main(["store", "upgrade", "--store", where]) == 0
    assert main(["store", "restore", copy, "--store", where, "--json"]) == 0
    capsys.readouterr()
    assert main(["store", "export", "--store", where]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["kind"] for line in lines][:2] == ["store", "title"]


def test_damaged_store_fails_its_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = tmp_path / "s.db"
    where.write_bytes(b"SQLite format 3\0" + b"rubbish" * 1000)
    assert main(["store", "check", "--store", str(where)]) == 1
    assert capsys.readouterr().err


def test_doctor_reports_every_group(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "QUESTIONS", {"gpu": "print('{\"devices\": []}')"})
    assert main(["doctor", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["versions"]["av"] != "missing"
    assert report["codecs"]["picture decoders"]["h264"] is True
    assert report["gpu"] == {"devices": []}
    assert all(folder["writable"] for folder in report["folders"].values())


def test_doctor_survives_a_question_that_crashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "QUESTIONS", {"sound": "raise OSError('no PortAudio')"})
    assert machine.examine()["sound"] == {"error": "OSError: no PortAudio"}


def test_reader_that_leaves_early_causes_no_traceback(home: Path) -> None:
    del home
    command = [sys.executable, "-c", "import core.cli.app as a, sys; sys.exit(a.main())"]
    process = subprocess.Popen(
        [*command, "detectors", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_full_disk_under_the_output_is_said_in_a_sentence(home: Path) -> None:
    del home
    code = "import core.cli.app as a, sys; sys.exit(a.main(['detectors', '--json']))"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", code],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=dict(os.environ),
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "The disk that the output goes to is full.\n")


@pytest.mark.parametrize(
    ("option", "sentence"),
    [("--profile", "There is no profile named nonsense"), ("--store", "not a store")],
)
def test_review_does_not_go_on_without_what_was_named(
    option: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "nonsense").write_bytes(bytes(range(256)) * 40)
    value = "nonsense" if option == "--profile" else str(tmp_path / "nonsense")
    shot = tmp_path / "desk.png"
    assert main(["review", "x.mp4", option, value, "--screenshot", str(shot)]) == 1
    assert sentence in capsys.readouterr().err
    assert not shot.exists()
