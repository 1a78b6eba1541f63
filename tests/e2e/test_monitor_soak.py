"""Two channels watched for minutes or hours: flat memory, bounded latency, nothing unseen untold.

    pytest -m slow tests/e2e/test_monitor_soak.py -s
    ONGLASS_SOAK_S=14400 pytest -m slow tests/e2e/test_monitor_soak.py -s

The command watches an HLS stream that loops and a transport stream over UDP that loses datagrams.
The HLS server is taken away and brought back, the monitor is killed and started again.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import numpy as np
import pytest
from helpers.clip import make_clip
from helpers.live_server import HlsServer, UdpSender, cut, free_udp_port

from core.domain.channel import ChannelEvent, ChannelEventKind, ChannelState
from core.store.store import Store

SOAK_S = float(os.environ.get("ONGLASS_SOAK_S", "150"))
AWAY_S = 12.0
START_S = 300.0
LOSS = 0.005
LENGTH_S = 24.0
RUN = "from core.cli.app import main; raise SystemExit(main())"
SAMPLE = re.compile(r'^(onglass_\w+)\{channel="(\w+)"[^}]*\} ([0-9.e+-]+)$', re.MULTILINE)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc and kills with SIGKILL"),
]


class Command:
    """`onglass monitor` as a process of its own."""

    def __init__(self, config: Path, folder: Path, port: int) -> None:
        self.port = port
        arguments = ["monitor", "--config", str(config), "--store", str(folder / "store.db")]
        arguments += ["--ring", str(folder / "ring"), "--keep", "0.01", "--timeout", "3"]
        arguments += ["--metrics-port", str(port), "--json"]
        self.log = (folder / f"log-{time.monotonic_ns()}.txt").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUN, *arguments], stdout=self.log, stderr=subprocess.STDOUT
        )

    def figures(self) -> dict[tuple[str, str], float]:
        """Figure by name and channel; empty while it starts."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=10) as answer:
                text = answer.read().decode()
        except (URLError, OSError):
            return {}
        return {(name, channel): float(value) for name, channel, value in SAMPLE.findall(text)}

    def wait(self) -> None:
        """Until it watches."""
        give_up = time.monotonic() + START_S
        while not self.figures():
            assert self.process.poll() is None
            assert time.monotonic() < give_up
            time.sleep(0.5)

    def resident_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        match = re.search(r"VmRSS:\s+(\d+)", status)
        assert match is not None
        return int(match[1]) / 1024

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        code = self.process.wait(120)
        self.log.close()
        return code


@pytest.fixture
def streams(tmp_path: Path) -> Iterator[tuple[Path, list[HlsServer], UdpSender]]:
    title = make_clip(tmp_path / "a.ts", LENGTH_S)
    servers = [HlsServer(cut(title.path, tmp_path / "pieces", 2.0))]
    port = free_udp_port()
    sender = UdpSender(title.path, LENGTH_S, port, LOSS)
    config = tmp_path / "channels.toml"
    config.write_text(
        f'[[channel]]\nname = "hls"\nurl = "{servers[0].url}"\n'
        f'[[channel]]\nname = "udp"\nurl = "udp://127.0.0.1:{port}"\n'
    )
    yield config, servers, sender
    sender.close()
    servers[-1].close()


def watch(command: Command, seconds: float) -> list[tuple[float, float]]:
    """Seconds and resident megabytes while a command runs."""
    seen = []
    began = time.monotonic()
    while (now := time.monotonic() - began) < seconds:
        assert command.process.poll() is None
        seen.append((now, command.resident_mb()))
        time.sleep(1.0)
    return seen


def test_soak(tmp_path: Path, streams: tuple[Path, list[HlsServer], UdpSender]) -> None:
    config, servers, sender = streams
    folder = tmp_path / "state"
    folder.mkdir()
    port = free_udp_port()
    first = Command(config, folder, port)
    first.wait()
    memory = watch(first, SOAK_S * 0.5)
    servers[-1].close()
    memory += watch(first, AWAY_S)
    servers.append(HlsServer(servers[0].pieces, servers[0].port, servers[0].began))
    memory += watch(first, SOAK_S * 0.25)
    figures = first.figures()
    assert first.end(signal.SIGKILL) == -signal.SIGKILL
    second = Command(config, folder, port)
    second.wait()
    watch(second, SOAK_S * 0.25)
    assert second.end(signal.SIGTERM) == 0
    with Store.open(folder / "store.db") as store:
        channels = {channel.name: channel for channel in store.channels.all()}
        events = {n: store.channels.events(c.id, 100_000) for n, c in channels.items()}
        clips = [e for es in events.values() for e in es if e.clip]
        assert clips
        assert all(store.runs.get(e.run) is not None for e in clips)
    warm = [mb for at, mb in memory[len(memory) * 2 // 3 :]]
    slope = float(np.polyfit(range(len(warm)), warm, 1)[0]) * 3600
    print(json.dumps(_told(figures, events, memory, slope, sender), indent=1))
    assert {c.state for c in channels.values()} == {ChannelState.STOPPED}
    hls = [e for e in events["hls"] if e.kind is ChannelEventKind.GAP]
    assert any((e.end_s or 0) - (e.start_s or 0) >= AWAY_S / 2 for e in hls)
    assert any(e.kind is ChannelEventKind.RECONNECTED for e in events["hls"])
    for name in channels:
        cut_off = [e for e in events[name] if "cut off" in e.sentence]
        assert len(cut_off) == 1
        assert [e for e in events[name] if e.kind is ChannelEventKind.FINDING]
    assert max(warm) - min(warm) < 150


def _told(
    figures: dict[tuple[str, str], float],
    events: dict[str, tuple[ChannelEvent, ...]],
    memory: list[tuple[float, float]],
    slope: float,
    sender: UdpSender,
) -> dict[str, object]:
    return {
        "seconds": SOAK_S,
        "figures": {f"{n} {c}": v for (n, c), v in sorted(figures.items()) if "state" not in n},
        "events": {
            name: {str(k): sum(e.kind is k for e in found) for k in ChannelEventKind}
            for name, found in events.items()
        },
        "clips": sum(bool(e.clip) for found in events.values() for e in found),
        "resident_mb": [round(mb) for _, mb in memory[:: max(len(memory) // 12, 1)]],
        "slope_mb_an_hour": round(slope, 1),
        "datagrams_lost": [sender.lost, sender.sent],
    }
