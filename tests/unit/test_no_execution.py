"""Nothing in the product can be made to run what a file says: no shell, no pickle, no `eval`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

_REPOSITORY = Path(__file__).resolve().parents[2]
_ROOMS = ("core", "gui", "packaging")
_MODULES = {
    *("pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "jsonpickle"),
    *("yaml", "code", "runpy", "telnetlib", "ftplib", "smtplib", "xmlrpc", "urllib.request"),
    *("http.client", "http.server", "requests", "httpx", "aiohttp", "sentry_sdk", "torch.hub"),
    *("PySide6.QtNetwork", "PySide6.QtWebEngineWidgets", "PySide6.QtWebEngineCore"),
}
_BUILT_IN = {"eval", "exec", "compile", "__import__"}
_CALLS = {
    *("os.system", "os.popen", "os.startfile", "subprocess.getoutput", "torch.load", "torch.hub"),
    *("pty.spawn", "subprocess.getstatusoutput", "asyncio.create_subprocess_shell"),
}

# What is raised when a file is no checkpoint; to catch it runs nothing.
_HARMLESS = {"pickle.UnpicklingError"}

# What goes out because a person gave the address: alerts of a monitor, whose answer is not read.
_ASKED_FOR = {"core/scan/monitor/alert.py": {"urllib.request"}}

# Most files hold none of these words; to take all apart would take a while.
_WORDS = re.compile(
    r"\b(eval|exec|compile|__import__|shell|allow_pickle|subprocess|load|system|popen|startfile|"
    r"spawn|create_subprocess_shell|"
    + "|".join(sorted({re.escape(part) for name in _MODULES for part in name.split(".")[-1:]}))
    + r")\b"
)


def trees() -> Iterator[tuple[str, ast.Module]]:
    """The modules of the product that could hold a danger, taken apart."""
    for room in _ROOMS:
        for path in sorted((_REPOSITORY / room).rglob("*.py")):
            text = path.read_text("utf-8")
            if _WORDS.search(text):
                yield str(path.relative_to(_REPOSITORY)), ast.parse(text)


def dangers(tree: ast.AST) -> Iterator[str]:
    """What in a module could run, unpickle, or fetch something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name in _MODULES)
        elif isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{a.name}" for a in node.names} - _HARMLESS
            if names:
                yield from (str(n) for n in {node.module, *names} if n in _MODULES | _CALLS)
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in _BUILT_IN | _CALLS and not _reads_numbers_only(node, called):
                yield called
            for keyword in node.keywords:
                if keyword.arg in ("shell", "allow_pickle") and not _is_false(keyword.value):
                    yield f"{called}({keyword.arg}=…)"


def _reads_numbers_only(node: ast.Call, called: str) -> bool:
    """Whether a checkpoint is read by torch's own reader, which builds tensors and nothing else."""
    said = {keyword.arg: keyword.value for keyword in node.keywords}
    only = said.get("weights_only")
    return called == "torch.load" and isinstance(only, ast.Constant) and only.value is True


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def test_no_module_runs_unpickles_or_fetches() -> None:
    found = {name: set(dangers(tree)) - _ASKED_FOR.get(name, set()) for name, tree in trees()}
    assert {name: sorted(kinds) for name, kinds in found.items() if kinds} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from urllib import request",
        "from PySide6.QtNetwork import QNetworkAccessManager",
        "subprocess.run(name, shell=True)",
        "np.load(path, allow_pickle=yes)",
        "torch.load(path)",
        "torch.load(path, weights_only=no)",
        "torch.load(path, weights_only=False)",
        "from pickle import UnpicklingError, loads",
        "os.system(name)",
        "from os import system",
        "eval(text)",
    ],
)
def test_each_danger_would_be_found(source: str) -> None:
    assert _WORDS.search(source)
    assert list(dangers(ast.parse(source)))


def test_programs_are_started_from_lists_of_words_only() -> None:
    """A list never meets a shell; a name that begins with a dash still could be an option."""
    starts = set()
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("subprocess."):
                starts.add(name)
                assert not isinstance(node.args[0], ast.Constant | ast.JoinedStr), name
    assert "core/jobs/remote.py" in starts
