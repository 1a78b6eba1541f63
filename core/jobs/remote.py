"""The desk's end of the worker process: starts it, talks to it, outlives its crashes.

The process is started when the first request comes and again when one comes after a crash. The
two talk over a local socket (a named pipe on Windows) whose address and key go to the child by
its standard input, so that neither shows in a list of processes. The child leaves when that
input or the connection ends, so it never outlives the desk.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import IO

from core.config.log import note_crash
from core.domain.errors import BugError, CancelledError, KnownError
from core.jobs.message import (
    Answer,
    Cancel,
    Failed,
    Finished,
    Order,
    Progressed,
    Quit,
    Started,
    Submit,
)
from core.jobs.progress import Progress
from core.jobs.request import (
    AnalyseRequest,
    HeatRequest,
    LearningRequest,
    LookRequest,
    PieceRequest,
    Request,
    Result,
    SelectRequest,
)

_PATIENCE_S = 5.0
_DECODER_DEATHS = frozenset({"SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE"})
_WINDOWS_FAULTS = frozenset({0xC0000005, 0xC000001D, 0xC0000094, 0xC0000409, 0xC0000374})

LOW = "--low"
"""Argument of a worker that gives way to others, too."""


def worker_command() -> list[str]:
    """How to start the worker: this program with `--worker` when frozen, else a module."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    # -P keeps a folder named `core` in the user's working directory from being imported.
    return [sys.executable, "-P", "-m", "core.worker"]


class WorkerLostError(KnownError):
    """The process that did a job is gone, and the job with it; another try may go well.

    Args:
        sentence: What happened.
        details: What the process wrote before it ended.
        began: The process had begun to work; else it could not even be started.
    """

    def __init__(self, sentence: str, details: str = "", *, began: bool = True) -> None:
        super().__init__(sentence, details)
        self.began = began


@dataclass(slots=True)
class _Outstanding:
    request: Request
    running: bool = False
    cancelled: bool = False


class RemoteWorker:
    """Runs requests in a niced child process.

    The three callbacks come in a thread of this object, never in the caller's; none comes after
    `close` returned. Each job ends with exactly one result or error (`KnownError`,
    `CancelledError`, or `BugError` with the child's traceback in its details).

    Args:
        on_progress: Takes a job and how far it is.
        on_result: Takes a job and its result.
        on_error: Takes a job and why it ended without one.
        command: How to start the child; None for `worker_command()`.
    """

    def __init__(
        self,
        on_progress: Callable[[int, Progress], None],
        on_result: Callable[[int, Result], None],
        on_error: Callable[[int, Exception], None],
        command: Sequence[str] | None = None,
    ) -> None:
        self._on_progress = on_progress
        self._on_result = on_result
        self._on_error = on_error
        self._command = list(command) if command is not None else worker_command()
        self._lock = threading.Lock()
        self._jobs: dict[int, _Outstanding] = {}
        self._last_job = 0
        self._connection: Connection | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Process id of the child, or None while there is none."""
        process = self._process
        return process.pid if process is not None else None

    def submit(self, request: Request) -> int:
        """Ask for work; returns at once.

        Returns:
            The job's number, which the callbacks name.

        Raises:
            BugError: The worker is closed.
        """
        with self._lock:
            if self._closed:
                raise BugError("a request was given to a closed worker")
            self._last_job += 1
            job = self._last_job
            self._jobs[job] = _Outstanding(request)
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="remote-worker")
                self._thread.start()
            else:
                self._send(Submit(job, request))
        return job

    def cancel(self, job: int) -> None:
        """Stop a job; it ends with `CancelledError` unless it was over already."""
        with self._lock:
            if job in self._jobs:
                self._jobs[job].cancelled = True
                self._send(Cancel(job))

    def kill(self) -> None:
        """End the process at once: what runs is lost, and the next job starts another one."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """Cancel everything, end the process and join the thread; harmless when repeated."""
        with self._lock:
            self._closed = True
            self._send(Quit())
            thread = self._thread
        if thread is not None:
            thread.join(_PATIENCE_S)
            process = self._process
            if thread.is_alive() and process is not None:
                process.kill()
            thread.join()

    def _send(self, order: Order) -> None:
        """Send while connected (with the lock held); what is missed is sent on connecting."""
        if self._connection is not None:
            try:
                self._connection.send(order)
            except OSError:
                self._connection = None  # The reading thread meets the end of it, too.

    def _serve(self) -> None:
        """Keep a child running as long as jobs are left for it."""
        while True:
            self._serve_once()
            with self._lock:
                if self._closed or not self._jobs:
                    self._thread = None
                    return

    def _serve_once(self) -> None:
        with tempfile.TemporaryFile() as errors, tempfile.TemporaryDirectory() as folder:
            process = _start(self._command, errors)
            self._process = process
            heard = False
            try:
                connection = _connect(process, Path(folder))
                if connection is not None:
                    with connection:
                        self._greet(connection)
                        heard = self._read(connection)
            finally:
                with self._lock:
                    self._connection = None
                _end(process)
                self._process = None
            if not self._closed:
                note_crash("worker", _tail(errors))
                self._mourn(heard, process.returncode, _tail(errors))

    def _greet(self, connection: Connection) -> None:
        """Send what came while there was no connection; what was cancelled is not even sent."""
        with self._lock:
            self._connection = connection
            dropped = [job for job, outstanding in self._jobs.items() if outstanding.cancelled]
            for job in dropped:
                del self._jobs[job]
            for job, outstanding in self._jobs.items():
                self._send(Submit(job, outstanding.request))
            if self._closed:
                self._send(Quit())
        for job in dropped:
            self._on_error(job, CancelledError())

    def _read(self, connection: Connection) -> bool:
        """Hand answers on until the child leaves; whether there were any."""
        heard = False
        while True:
            try:
                answer: Answer = connection.recv()
            except (EOFError, OSError):
                return heard
            heard = True
            self._take(answer)

    def _take(self, answer: Answer) -> None:
        with self._lock:
            outstanding = self._jobs.get(answer.job)
            if outstanding is None or self._closed:
                return
            outstanding.running = True
            if isinstance(answer, Finished | Failed):
                del self._jobs[answer.job]
        match answer:
            case Progressed(job, progress):
                self._on_progress(job, progress)
            case Finished(job, result):
                self._on_result(job, result)
            case Failed(job, error):
                self._on_error(job, error)
            case Started():
                pass

    def _mourn(self, heard: bool, code: int, errors: str) -> None:
        """Report a crash: running jobs have failed; the others wait for the next child.

        A child that never answered would never answer, so all jobs are given up then.
        """
        with self._lock:
            lost = {j: o for j, o in self._jobs.items() if o.running or not heard}
            for job in lost:
                del self._jobs[job]
        details = f"Exit code {code}.\n{errors}".strip()
        for job, outstanding in lost.items():
            sentence = crash_sentence(outstanding.request, code) if heard else _NO_START
            self._on_error(job, WorkerLostError(sentence, details, began=heard))


def low_worker(
    on_progress: Callable[[int, Progress], None],
    on_result: Callable[[int, Result], None],
    on_error: Callable[[int, Exception], None],
) -> RemoteWorker:
    """A worker that gives way to everything else, for what learns; as `RemoteWorker`."""
    return RemoteWorker(on_progress, on_result, on_error, [*worker_command(), LOW])


_NO_START = "The analysis process could not be started; the details say why."


_LEARNING_LOST = (
    "The process that learns was ended from outside, perhaps for lack of memory; asked for again, "
    "a training goes on from where it was."
)


def crash_sentence(request: Request, code: int) -> str:
    """What to tell a person whose job was lost with the process that ended with `code`."""
    if isinstance(request, SelectRequest):
        return "The choice of what to ask was ended from outside, perhaps for lack of memory."
    if isinstance(request, LearningRequest):
        return _LEARNING_LOST
    name = request.path.name
    if isinstance(request, AnalyseRequest | LookRequest | PieceRequest):
        what = f"The analysis of {name} stopped"
    elif isinstance(request, HeatRequest):
        what = f"A heat map of {name} could not be computed"
    else:
        what = f"Waveform and thumbnails of {name} could not be finished"
    if _is_decoder_death(code):
        return f"{what} because the decoder crashed on this file."
    return f"{what} because its process was ended from outside, perhaps for lack of memory."


def _is_decoder_death(code: int) -> bool:
    if code >= 0:
        return code in _WINDOWS_FAULTS
    try:
        return signal.Signals(-code).name in _DECODER_DEATHS
    except ValueError:
        return False


def _start(command: list[str], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
        | getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _connect(process: subprocess.Popen[bytes], folder: Path) -> Connection | None:
    """Tell the child where to listen, wait until it does; None when it died before that."""
    assert process.stdin is not None
    assert process.stdout is not None
    key = secrets.token_bytes(32)
    unique = secrets.token_hex(8)
    windows = sys.platform == "win32"
    address = rf"\\.\pipe\onglass-{unique}" if windows else str(folder / "socket")
    try:
        process.stdin.write(json.dumps({"address": address, "key": key.hex()}).encode() + b"\n")
        process.stdin.flush()
        if process.stdout.readline().strip() != b"ready":
            return None
        return Client(address, authkey=key)
    except (OSError, EOFError):
        return None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Wait for a child that is leaving; end it when it does not."""
    try:
        process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # What was not flushed can no longer be read by anybody.
                continue


def _tail(errors: IO[bytes], size: int = 8000) -> str:
    errors.seek(0, os.SEEK_END)
    errors.seek(max(errors.tell() - size, 0))
    return errors.read().decode("utf-8", "replace").strip()
