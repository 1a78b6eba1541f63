"""Alerts: to whom a finding or an outage is told while it happens.

Each receiver has a thread and a bounded queue of its own, so that one that does not answer holds up
neither a channel nor the other receivers.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import re
import shlex
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from core.domain.channel import masked, without_credentials
from core.domain.errors import KnownError

_log = logging.getLogger(__name__)

_MOST_WAITING = 1000
_PAUSES_S = (1.0, 4.0)
_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Alert:
    """What is told.

    Attributes:
        channel: Name of the channel.
        url: Where it comes from, credentials masked.
        kind: As the events of channels name it.
        state: `opened` or `closed`.
        severity: `fyi`, `issue` or `blocker`.
        detector: Of a finding, else empty.
        defect: Of a finding, else empty.
        start: When it began, ISO 8601 in UTC.
        end: When it ended, or empty while it lasts.
        sentence: The same in words.
    """

    channel: str
    url: str
    kind: str
    state: str
    severity: str
    detector: str
    defect: str
    start: str
    end: str
    sentence: str


class Receiver(Protocol):
    """Somebody who is told."""

    @property
    def title(self) -> str:
        """What people call it, without anything secret."""

    def send(self, alert: Alert) -> None:
        """Tell it; may block for some seconds.

        Raises:
            KnownError: It was not told.
        """


class Webhook:
    """POSTs each alert as a JSON object.

    Args:
        url: http or https; redirects are not followed.
        timeout_s: For each try.

    Raises:
        KnownError: It is no such URL.
    """

    def __init__(self, url: str, timeout_s: float = 5.0) -> None:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
            raise KnownError(f"{masked(url)} is no webhook; name a URL of http or https.")
        self._url = url
        self._timeout_s = timeout_s
        self._opener = urllib.request.build_opener(_NoRedirect)

    @property
    def title(self) -> str:
        """The address, masked."""
        return f"The webhook {masked(self._url)}"

    def send(self, alert: Alert) -> None:
        """POST it; any answer of 2xx will do."""
        request = urllib.request.Request(
            self._url,
            json.dumps(asdict(alert)).encode(),
            {"Content-Type": "application/json", "User-Agent": "onglass"},
            method="POST",
        )
        try:
            with self._opener.open(request, timeout=self._timeout_s):
                pass
        except (OSError, ValueError) as error:
            details = without_credentials(str(error), self._url)
            raise KnownError(f"{self.title} did not take an alert.", details) from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        return None


class Syslog:
    """Sends RFC 5424 messages over UDP (RFC 5426).

    Args:
        address: `host` or `host:port`; 514 without one.

    Raises:
        KnownError: The port is none.
    """

    _FACILITY = 16  # local0
    _LEVELS: Mapping[str, int] = {"fyi": 6, "issue": 4, "blocker": 3}

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":") if ":" in address else (address, "", "514")
        if not port.isdecimal() or not 0 < int(port) < 65536 or not host:
            raise KnownError(f"{address} is no address of a syslog server; write host:port.")
        self._address = (host.strip("[]"), int(port))

    @property
    def title(self) -> str:
        """The address."""
        return f"The syslog server {self._address[0]}:{self._address[1]}"

    def send(self, alert: Alert) -> None:
        """Send one datagram; nobody says whether it came."""
        try:
            family, kind, *_, address = socket.getaddrinfo(*self._address, type=socket.SOCK_DGRAM)[
                0
            ]
            with socket.socket(family, kind) as sender:
                sender.sendto(self.message(alert), address)
        except OSError as error:
            raise KnownError(f"{self.title} cannot be reached.", str(error)) from error

    def message(self, alert: Alert) -> bytes:
        """The datagram of an alert."""
        priority = self._FACILITY * 8 + self._LEVELS.get(alert.severity, 5)
        stamp = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        data = " ".join(
            f'{name}="{_escaped(str(value))}"'
            for name, value in asdict(alert).items()
            if value and name != "sentence"
        )
        host = re.sub(r"[^!-~]", "", socket.gethostname())[:255] or "-"
        head = f"<{priority}>1 {stamp} {host} onglass {os.getpid()} {alert.kind}"
        text = " ".join(alert.sentence.split())
        return f"{head} [onglass@32473 {data}] \ufeff{text}".encode()


def _escaped(value: str) -> str:
    """RFC 5424, 6.3.3; line ends would make two messages of one for some readers."""
    return re.sub(r'(["\\\]])', r"\\\1", " ".join(value.split()))


class Command:
    """Starts a program for each alert; no shell ever sees it.

    The template is cut into arguments first and filled in after, so that nothing in an alert can
    become another argument or command. `{name}` stands for a field of `Alert`.

    Args:
        template: For example `notify-send {channel} {sentence}`.
        timeout_s: Then the program is killed.

    Raises:
        KnownError: The template makes no sense.
    """

    def __init__(self, template: str, timeout_s: float = 20.0) -> None:
        try:
            self._arguments = shlex.split(template)
        except ValueError as error:
            raise KnownError("The command for alerts has an open quotation mark.") from error
        if not self._arguments:
            raise KnownError("The command for alerts is empty.")
        known = set(Alert.__dataclass_fields__)
        for name in _FIELD.findall(template):
            if name not in known:
                there = ", ".join(sorted(known))
                raise KnownError(f"The command for alerts names {{{name}}}; there are {there}.")
        if _FIELD.search(self._arguments[0]):
            raise KnownError("The program of the command for alerts must be fixed.")
        self._timeout_s = timeout_s

    @property
    def title(self) -> str:
        """The program."""
        return f"The command {self._arguments[0]}"

    def filled(self, alert: Alert) -> list[str]:
        """The arguments for an alert."""
        values = {name: str(value).replace("\0", " ") for name, value in asdict(alert).items()}
        return [_FIELD.sub(lambda m: values[m[1]], part) for part in self._arguments]

    def send(self, alert: Alert) -> None:
        """Run it and wait."""
        try:
            subprocess.run(
                self.filled(alert),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=self._timeout_s,
                check=True,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise KnownError(f"{self.title} failed for an alert.", str(error)) from error


class AlertDesk:
    """Hands alerts to receivers.

    Args:
        receivers: Who is told.
        failed: Hears the channel's name and a sentence when a receiver was not told; from its
            thread.
        pauses_s: Between tries.
    """

    def __init__(
        self,
        receivers: Sequence[Receiver],
        failed: Callable[[str, str], None],
        pauses_s: Sequence[float] = _PAUSES_S,
    ) -> None:
        self._failed = failed
        self._pauses_s = pauses_s
        self._stop = threading.Event()
        self._lanes = [
            (receiver, queue.Queue[Alert | None](_MOST_WAITING)) for receiver in receivers
        ]
        self.sent = self.lost = 0
        self._count = threading.Lock()
        self._threads = [
            threading.Thread(target=self._serve, args=lane, name="monitor-alert")
            for lane in self._lanes
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, alert: Alert) -> None:
        """Have an alert sent; returns at once."""
        for receiver, lane in self._lanes:
            try:
                lane.put_nowait(alert)
            except queue.Full:
                self._lose(alert, f"{receiver.title} does not keep up; an alert was left out.")

    def close(self) -> None:
        """Send what waits, each once, and end."""
        self._stop.set()
        for _, lane in self._lanes:
            lane.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self, receiver: Receiver, lane: queue.Queue[Alert | None]) -> None:
        told = True
        while (alert := lane.get()) is not None:
            if self._stop.is_set() and not told:
                self._lose(alert, f"{receiver.title} was not told before the monitor ended.")
                continue
            told = self._deliver(receiver, alert)

    def _deliver(self, receiver: Receiver, alert: Alert) -> bool:
        for pause_s in (*self._pauses_s, None):
            try:
                receiver.send(alert)
            except KnownError as error:
                _log.info("%s %s", error.sentence, error.details)
                if pause_s is None or self._stop.wait(pause_s):
                    self._lose(alert, error.sentence)
                    return False
            else:
                with self._count:
                    self.sent += 1
                return True
        return False

    def _lose(self, alert: Alert, sentence: str) -> None:
        with self._count:
            self.lost += 1
        self._failed(alert.channel, sentence)
