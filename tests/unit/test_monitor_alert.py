"""Alerts reach their receivers, hold nobody up, and are never read by a shell."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from core.domain.errors import KnownError
from core.scan.monitor.alert import Alert, AlertDesk, Command, Syslog, Webhook

ALERT = Alert(
    "News",
    "udp://127.0.0.1:1",
    "finding",
    "opened",
    "issue",
    "black",
    "black",
    "2026-01-01T12:00:00.000+00:00",
    "",
    "The picture is black.",
)


class Hook:
    """A web server that answers as told and keeps what it got."""

    def __init__(self, answers: list[int]) -> None:
        self.got: list[dict[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append(json.loads(body))
                self.send_response(answers.pop(0) if answers else 200)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_args: object) -> None:
                """Nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()
        self.url = f"http://me:secret@127.0.0.1:{self.server.server_address[1]}/hook?key=abc"
        self.plain = self.url.replace("me:secret@", "")

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def hook() -> Iterator[Hook]:
    made = Hook([500, 302])
    yield made
    made.close()


def test_webhook_is_tried_again_and_follows_no_redirect(hook: Hook) -> None:
    failed: list[tuple[str, str]] = []
    desk = AlertDesk([Webhook(hook.plain)], lambda *what: failed.append(what), (0.0, 0.0))
    desk.submit(ALERT)
    while desk.sent + desk.lost == 0:
        threading.Event().wait(0.01)
    desk.close()
    assert (desk.sent, desk.lost, failed) == (1, 0, [])
    assert len(hook.got) == 3
    assert hook.got[-1]["sentence"] == ALERT.sentence
    assert hook.got[-1]["channel"] == "News"


def test_webhook_that_is_gone_is_told_without_its_secrets(hook: Hook) -> None:
    failed: list[tuple[str, str]] = []
    gone = Webhook("http://me:secret@127.0.0.1:1/hook?key=abc", 0.5)
    desk = AlertDesk([gone], lambda *what: failed.append(what), ())
    desk.submit(ALERT)
    desk.close()
    ((channel, sentence),) = failed
    assert channel == "News"
    assert "secret" not in sentence
    assert "abc" not in sentence


def test_receiver_that_hangs_holds_up_neither_the_caller_nor_the_others(hook: Hook) -> None:
    release = threading.Event()
    heard: list[Alert] = []

    class Slow:
        title = "Slow"

        def send(self, alert: Alert) -> None:
            release.wait(5.0)

    class Quick:
        title = "Quick"

        def send(self, alert: Alert) -> None:
            heard.append(alert)

    lost: list[str] = []
    desk = AlertDesk([Slow(), Quick()], lambda _, sentence: lost.append(sentence), ())
    for _ in range(1500):
        desk.submit(ALERT)
    while len(heard) < 1000:
        threading.Event().wait(0.01)
    assert any("Slow does not keep up" in sentence for sentence in lost)
    release.set()
    desk.close()


def test_syslog_message_is_rfc_5424_and_one_line() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(5.0)
        odd = replace(ALERT, channel='a"]\n<1>b', sentence="One\nline.")
        Syslog(f"127.0.0.1:{server.getsockname()[1]}").send(odd)
        text = server.recv(9000).decode()
    head, _, tail = text.partition(" [onglass@32473 ")
    assert head.startswith("<132>1 20")
    assert head.split()[3] == "onglass"
    assert head.split()[5] == "finding"
    assert 'channel="a\\"\\] <1>b"' in tail
    assert tail.endswith("\ufeffOne line.")
    assert "\n" not in text


@pytest.mark.parametrize("address", ["host:", "host:x", ":514", "host:70000"])
def test_address_of_syslog_must_make_sense(address: str) -> None:
    with pytest.raises(KnownError):
        Syslog(address)


def test_command_gets_each_field_as_one_argument_whatever_it_holds(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    script = tmp_path / "tell.py"
    script.write_text("import json,sys; json.dump(sys.argv[2:], open(sys.argv[1], 'w'))")
    bad = "; touch /tmp/x $(id) `id` | cat\n--flag \"'"
    command = Command(f"{sys.executable} {script} {out} {{channel}} 'at {{start}}' {{sentence}}")
    command.send(replace(ALERT, channel=bad, sentence="{channel}"))
    assert json.loads(out.read_text()) == [bad, f"at {ALERT.start}", "{channel}"]


def test_command_that_fails_or_hangs_is_told() -> None:
    with pytest.raises(KnownError, match="failed"):
        Command(f"{sys.executable} -c 'raise SystemExit(3)'").send(ALERT)
    with pytest.raises(KnownError, match="failed"):
        Command(f"{sys.executable} -c 'import time; time.sleep(60)'", 0.3).send(ALERT)
    with pytest.raises(KnownError, match="failed"):
        Command("/no/such/program {channel}").send(ALERT)


@pytest.mark.parametrize("template", ["", "tell 'open", "tell {secret}", "{channel} x"])
def test_template_that_makes_no_sense_is_refused_at_once(template: str) -> None:
    with pytest.raises(KnownError):
        Command(template)


@pytest.mark.parametrize("url", ["", "ftp://host/x", "file:///etc/passwd", "http:///x"])
def test_webhook_must_be_http(url: str) -> None:
    with pytest.raises(KnownError):
        Webhook(url)
