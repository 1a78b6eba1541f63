"""JSON Schemas of what `onglass scan --json` and `onglass export --format json` write.

Words that a field may hold come from the product's own types. Fields may be added within a version,
so the schemas allow others; the tests do not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from core.domain.defect import Medium, Severity
from core.domain.run import RunState
from core.domain.verdict import Decision, Disposition, RejectReason
from core.reports.json_document import VERSION
from core.reports.report import STATES, Kind, Only, OutcomeWord
from handbook.markdown import plain, table

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TALLY = {"done": "analysed", "failed": "that failed", "left": "still to do"}
_TIME_BASE = r"^[0-9]+(/[0-9]+)?$"


def _text(what: str, **more: Any) -> Schema:
    return {"type": "string", "description": what, **more}


def _number(what: str, **more: Any) -> Schema:
    return {"type": "number", "description": what, **more}


def _whole(what: str, **more: Any) -> Schema:
    return {"type": "integer", "description": what, **more}


def _truth(what: str) -> Schema:
    return {"type": "boolean", "description": what}


def _word(what: str, words: Iterable[object]) -> Schema:
    return {"enum": [str(word) for word in words], "description": what}


def _or_null(schema: Schema) -> Schema:
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}


def _list(items: Schema, what: str, **more: Any) -> Schema:
    return {"type": "array", "items": items, "description": what, **more}


def _object(what: str, fields: Mapping[str, Schema], optional: Iterable[str] = ()) -> Schema:
    required = [name for name in fields if name not in set(optional)]
    return {
        "type": "object",
        "description": what,
        "properties": dict(fields),
        "required": required,
    }


def _by_name(values: Schema, what: str) -> Schema:
    return {"type": "object", "additionalProperties": values, "description": what}


def _time(name: str, what: str) -> dict[str, Schema]:
    return {
        f"{name}_pts": _whole(f"{what}, in units of the time base"),
        f"{name}_time_base": _text("the unit, a fraction of a second", pattern=_TIME_BASE),
        f"{name}_s": _number(f"{what}, in seconds"),
    }


_SPAN: dict[str, Schema] = {
    "start_pts": _whole("first instant, in units of the time base"),
    "end_pts": _whole("first instant after, in units of the time base"),
    "time_base": _text("the unit, a fraction of a second", pattern=_TIME_BASE),
    "start_s": _number("the same in seconds"),
    "end_s": _number("the same in seconds"),
}
_EVIDENCE: dict[str, Schema] = {
    "metric": _text("metric of the detector's track"),
    "peak_value": _number("the metric where it is worst"),
    "threshold": _number("what it passed"),
    "note": _text("why, in a sentence"),
    "region": _or_null(
        _list(
            _number(""),
            "left, top, right, bottom as fractions of the picture",
            minItems=4,
            maxItems=4,
        )
    ),
    "band": _or_null(_list(_number(""), "lowest and highest Hz", minItems=2, maxItems=2)),
    "channels": _list(_whole(""), "channels of the sound, from 0"),
}
_SEVERITY = _word("how much it matters", Severity)


def scan_schema() -> Schema:
    """What `onglass scan --json` writes."""
    evidence = _object(
        "what it was claimed for",
        {
            **_EVIDENCE,
            "peak_s": _number("when it is worst, in seconds"),
            "peak_pts": _whole("the same in units of the finding's time base"),
        },
    )
    finding = _object(
        "a finding",
        {
            "detector": _text("id of the detector"),
            "defect": _text("id of the defect"),
            "stream": _whole("index in the container"),
            **_SPAN,
            "score": _number("how sure, 0 to 1", minimum=0, maximum=1),
            "severity": _SEVERITY,
            "evidence": evidence,
        },
    )
    title = _object(
        "one title",
        {
            "path": _text("the file"),
            "fingerprint": _or_null(_text("its content's name; null where it could not be read")),
            "duration_s": _or_null(_number("length")),
            "run": _or_null(_text("id of the analysis, which export takes")),
            "notes": _list(_text(""), "sentences on oddities, and on what was left out"),
            "findings": _list(finding, "what was found, by time"),
            "errors": _list(_text(""), "sentences; not empty means that the title failed"),
        },
    )
    batch = _object(
        "only where many titles were analysed",
        {
            "id": _text("its id"),
            "name": _text("its name"),
            **{key: _whole(f"titles {what}") for key, what in _TALLY.items()},
        },
    )
    fields = {"titles": _list(title, "each title"), "batch": batch}
    return _named("onglass.scan", "Report of onglass scan", _object("", fields, ("batch",)))


def report_schema() -> Schema:
    """What `onglass export --format json` writes."""
    fields: dict[str, Schema] = {
        "format": {"const": "onglass.report", "description": "always this"},
        "version": {
            "const": VERSION,
            "description": "grows when a field changes its meaning or goes",
        },
        "made": _text("when, ISO 8601 in UTC"),
        "versions": _by_name(_text(""), "versions of what made it"),
        "title": _title(),
        "run": _or_null(_run()),
        "profile": _profile(),
        "only": _word("what was asked for", Only),
        "reviewer": _or_null(_text("whose verdicts count; null is everybody's")),
        "timecode": _timecode(),
        "outcome": _object(
            "what the whole comes to",
            {"word": _word("in one word", OutcomeWord), "sentence": _text("why")},
        ),
        "counts": _by_name(_whole("", minimum=0), "flags by state, of all"),
        "notes": _list(_text(""), "sentences on oddities of the file"),
        "method": _list(_method(), "each detector that measured"),
        "entries": _list(_entry(), "each flag that is listed, by time"),
    }
    return _named("onglass.report", "Report of onglass export", _object("", fields))


def _named(name: str, title: str, schema: Schema) -> Schema:
    return {"$schema": _DRAFT, "$id": f"urn:{name.replace('.', ':')}", "title": title, **schema}


def _title() -> Schema:
    stream = _object(
        "a stream",
        {
            "index": _whole("index in the container"),
            "kind": _text("picture, sound or captions"),
            "codec": _text("name of the codec"),
            "time_base": _text("unit of its times", pattern=_TIME_BASE),
            "start_pts": _whole("its first instant"),
            "duration_pts": _or_null(_whole("its length")),
            "language": _text("as the container says"),
            "name": _text("as the container says"),
            "width": _whole("pixels (pictures)"),
            "height": _whole("pixels (pictures)"),
            "rate": _text("frames a second, a fraction (pictures)"),
            "variable_rate": _truth("the rate varies (pictures)"),
            "sample_rate": _whole("samples a second (sound)"),
            "layout": _text("layout of channels (sound)"),
            "file": _or_null(_text("file beside the title (captions)")),
        },
        ("width", "height", "rate", "variable_rate", "sample_rate", "layout", "file"),
    )
    return _object(
        "the title",
        {
            "name": _text("name of the file"),
            "path": _text("the file"),
            "fingerprint": _text("its content's name"),
            "container": _text("format of the file"),
            "size_bytes": _whole("size"),
            **_time("start", "first instant"),
            "duration_s": _number("length"),
            "streams": _list(stream, "all streams"),
        },
    )


def _run() -> Schema:
    span = _or_null(_object("the stretch that was analysed; null is all of it", _SPAN))
    return _object(
        "the analysis; null without one",
        {
            "id": _text("its name"),
            "fingerprint": _text("the title's"),
            "detectors": _list(_text(""), "ids of the detectors that measured"),
            "state": _word("how it stands", RunState),
            "started": _text("when, ISO 8601 in UTC"),
            "finished": _or_null(_text("when, ISO 8601 in UTC")),
            "span": span,
            "done_s": _number("how far it came"),
            "error": _text("why it failed"),
            "weights": _by_name(_text(""), "hashes of weights by detector"),
            "settings": _by_name({}, "what else it was measured with"),
        },
    )


def _profile() -> Schema:
    check = _object(
        "a manual check",
        {
            "id": _text("its name"),
            "ask": _text("the question"),
            "defect": _text("which defect a yes is"),
            "severity": _SEVERITY,
        },
    )
    return _object(
        "what decided",
        {
            "hash": _text("its content's name"),
            "name": _text("its name"),
            "title": _text("what people call it"),
            "thresholds": _by_name(_by_name(_number(""), ""), "those that differ, by detector"),
            "severities": _by_name(_SEVERITY, "those that differ, by detector"),
            "disabled": _list(_text(""), "detectors that do not decide"),
            "checks": _list(check, "what is asked of people"),
        },
    )


def _timecode() -> Schema:
    return _object(
        "how frames are counted",
        {
            "rate": _text("frames a second, a fraction"),
            "drop_frame": _truth("drop-frame counting"),
            "first_frame": _text("timecode of the first frame"),
            "first_frame_s": _number("its time"),
        },
    )


def _method() -> Schema:
    return _object(
        "a detector",
        {
            "detector": _text("its id"),
            "defect": _text("id of the defect"),
            "title": _text("what people call it"),
            "decides": _truth("false where the profile leaves it out"),
            "thresholds": _by_name(_number(""), "all, as they decided"),
            "severity": _SEVERITY,
            "weights": _text("hash of its weights; empty without"),
            "source": _text("of its definition"),
        },
    )


def _entry() -> Schema:
    finding = _object(
        "the machine's claim; null where none stands",
        {
            "id": _text("its name"),
            "score": _number("how sure, 0 to 1", minimum=0, maximum=1),
            "severity": _SEVERITY,
            "weights": _text("hash of the weights; empty without"),
            "profile": _text("hash of the profile"),
            "evidence": _object(
                "what it was claimed for", {**_time("peak", "when it is worst"), **_EVIDENCE}
            ),
        },
    )
    return _object(
        "a flag",
        {
            "number": _whole("place by time among all flags, from 1", minimum=1),
            "kind": _word("where it comes from", Kind),
            "detector": _text("id of the detector; empty for a missed defect"),
            "defect": _text("id of the defect"),
            "defect_title": _text("what people call it"),
            "medium": _or_null(_word("where it lives", Medium)),
            "stream": _whole("index in the container"),
            **_SPAN,
            "timecode_in": _text("first counted frame"),
            "timecode_out": _text("first counted frame after"),
            "state": _word("how it stands", STATES),
            "severity": _or_null(_SEVERITY),
            "disposition": _or_null(_word("what is to be done", Disposition)),
            "finding": _or_null(finding),
            "sync": _or_null(_sync()),
            "verdicts": _list(_verdict(), "each reviewer's last word, oldest first"),
        },
    )


def _sync() -> Schema:
    heard = _object(
        "an offset that somebody kept",
        {"reviewer": _text("who"), "offset_ms": _whole("above 0 the sound is early")},
    )
    return _object(
        "offset of the sound; null where it is not about that",
        {
            "measured_offset_ms": _or_null(_number("above 0 the sound is early")),
            "tolerance_ms": _or_null(_number("what it passed")),
            "heard": _list(heard, "what reviewers heard"),
        },
    )


def _verdict() -> Schema:
    return _object(
        "a person's decision",
        {
            "id": _text("its name"),
            "subject": _text("what it is about"),
            "undoes": _or_null(_text("id of a verdict that it takes back")),
            "fingerprint": _text("the title's"),
            "stream": _whole("index in the container"),
            "defect": _text("id of the defect"),
            "detector": _text("id of the detector"),
            **_SPAN,
            "decision": _word("what was decided", Decision),
            "reason": _or_null(_word("why it was rejected", RejectReason)),
            "disposition": _or_null(_word("what is to be done", Disposition)),
            "severity": _or_null(_SEVERITY),
            "comment": _text("in the reviewer's words"),
            "reviewer": _text("who"),
            "settles": _truth("the last word on a dispute"),
            "at": _text("when, ISO 8601 in UTC"),
        },
    )


SCHEMAS = {"scan.schema.json": scan_schema, "report.schema.json": report_schema}
"""Files of schemas, beside the page that explains them."""


def schema_text(name: str) -> str:
    """A schema as its file holds it."""
    return json.dumps(SCHEMAS[name](), indent=1, ensure_ascii=False) + "\n"


def json_page() -> str:
    """Both schemas, field by field."""
    parts = [
        "# JSON",
        "What `onglass scan --json` and `onglass export --format json` write, field by field. The "
        "same as JSON Schema (draft 2020-12), for programs: {download}`scan.schema.json` and "
        "{download}`report.schema.json`. Tests hold real output to both. Fields may be added; a "
        "report's `version` grows when one changes its meaning or goes.",
        "## Scan",
        table(("Field", "Type", "Holds"), _rows(scan_schema())),
        "## Report",
        table(("Field", "Type", "Holds"), _rows(report_schema())),
    ]
    return "\n\n".join(parts) + "\n"


def _rows(schema: Schema, path: str = "") -> Iterator[tuple[str, str, str]]:
    for name, field in schema.get("properties", {}).items():
        place = f"{path}{name}"
        optional = "" if name in schema["required"] else "; not always there"
        yield f"`{place}`", _type(field), plain(field["description"]) + optional
        if "items" in field:
            yield from _rows(field["items"], f"{place}[].")
        yield from _rows(field, f"{place}.")


def _type(field: Schema) -> str:
    if "const" in field:
        return f"`{json.dumps(field['const'])}`"
    if "enum" in field:
        return ", ".join("null" if word is None else f"`{word}`" for word in field["enum"])
    kinds = field["type"] if isinstance(field["type"], list) else [field["type"]]
    return " or ".join(kinds)
