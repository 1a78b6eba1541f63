"""The reference of the command line, from the commands themselves."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import typer

from core.cli.app import app
from handbook.markdown import plain, table

_NAMES = {str: "TEXT", int: "N", float: "NUMBER", Path: "PATH", bool: ""}


def command_line_page() -> str:
    """Every command with its arguments and options."""
    root: Any = typer.main.get_command(app)
    parts = [
        "# Command line",
        "Each command explains itself with `--help`. Exit status 0 is success, 1 an error told in "
        "one sentence on standard error, 2 wrong usage, 130 an interruption from the keyboard. "
        "Times in JSON come as PTS with their time base, and as seconds ([fields](json.md)).",
    ]
    for name, command in sorted(root.commands.items()):
        if command.hidden:
            continue
        parts.append(f"## {name}")
        parts += _described(f"onglass {name}", command)
        for inner, each in _inner(command):
            parts.append(f"### {name} {inner}")
            parts += _described(f"onglass {name} {inner}", each)
    return "\n\n".join(parts) + "\n"


def _inner(command: Any) -> Iterator[tuple[str, Any]]:
    commands = getattr(command, "commands", {})
    return ((name, commands[name]) for name in sorted(commands) if not commands[name].hidden)


def _described(path: str, command: Any) -> Iterator[str]:
    for paragraph in (command.help or "").split("\n\n"):
        yield plain(paragraph)
    if getattr(command, "commands", None):
        return
    arguments = [p for p in command.params if not p.opts[0].startswith("-")]
    options = [p for p in command.params if p.opts[0].startswith("-")]
    usage = " ".join(_place(argument) for argument in arguments)
    yield f"`{' '.join(filter(None, (path, usage)))}{' [OPTION…]' if options else ''}`"
    told = [(f"`{_place(each)}`", plain(each.help or "")) for each in arguments if each.help]
    rows = [(_option(each), _default(each), plain(each.help or "")) for each in options]
    tables = (table(("Argument", "What"), told), table(("Option", "Default", "What"), rows))
    yield from filter(None, tables)


def _place(argument: Any) -> str:
    name = (argument.metavar or argument.name.upper()).strip("[].…")
    many = "…" if argument.nargs == -1 or argument.multiple else ""
    return f"{name}{many}" if argument.required else f"[{name}{many}]"


def _option(option: Any) -> str:
    value = option.metavar or ("" if option.is_flag else _kind(option))
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    return f"{names} {plain(value)}".rstrip()


def _kind(option: Any) -> str:
    annotation: Any = option.type_descriptor.annotation
    inner = [each for each in get_args(annotation) if each is not type(None)]
    kind = inner[0] if inner else annotation
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return "|".join(str(each.value) for each in kind)
    return _NAMES.get(kind, "TEXT")


def _default(option: Any) -> str:
    if isinstance(option.show_default, str):
        return plain(option.show_default)
    if option.required:
        return "must be given"
    value = option.default
    if callable(value) or value is None or value in ("", (), []) or isinstance(value, bool):
        return ""
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, list | tuple):
        value = ", ".join(map(str, value))
    return f"`{value}`"
