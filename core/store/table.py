"""The tables, as SQLAlchemy 2 declarative classes.

Times of day are kept as ISO 8601 text in UTC and rationals as `numerator/denominator`, because
both must come back exactly as they went in on every database.
"""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    false,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

# SQLite numbers rows by itself only in a column of exactly the type INTEGER.
RowNumber = BigInteger().with_variant(Integer, "sqlite")


class UtcTime(TypeDecorator[datetime]):
    """An aware time of day, kept as ISO 8601 text in UTC."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """To text; a naive time is a mistake of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("times in the store need a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From text."""
        return None if value is None else datetime.fromisoformat(str(value))


class Rational(TypeDecorator[Fraction]):
    """A fraction, kept as `numerator/denominator`."""

    impl = String(48)
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        """To text."""
        return None if value is None else f"{value.numerator}/{value.denominator}"

    def process_result_value(self, value: Any, dialect: Dialect) -> Fraction | None:
        """From text."""
        return None if value is None else Fraction(str(value))


class Base(DeclarativeBase):
    """What all tables share."""


class TitleRow(Base):
    """One title; `document` holds the whole value, the other columns are for people and order."""

    __tablename__ = "titles"

    fingerprint: Mapped[str] = mapped_column(String(128), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    added: Mapped[datetime] = mapped_column(UtcTime)
    opened: Mapped[datetime] = mapped_column(UtcTime, index=True)


class ProfileRow(Base):
    """One profile that decided, by the hash that findings carry."""

    __tablename__ = "profiles"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    added: Mapped[datetime] = mapped_column(UtcTime)


class RunRow(Base):
    """One analysis of one title."""

    __tablename__ = "runs"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    fingerprint: Mapped[str] = mapped_column(ForeignKey("titles.fingerprint"), index=True)
    detectors: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    started: Mapped[datetime] = mapped_column(UtcTime)
    finished: Mapped[datetime | None] = mapped_column(UtcTime)
    span_start: Mapped[int | None] = mapped_column(BigInteger)
    span_end: Mapped[int | None] = mapped_column(BigInteger)
    span_base: Mapped[Fraction | None] = mapped_column(Rational)
    done_s: Mapped[float]
    error: Mapped[str] = mapped_column(Text)
    weights: Mapped[str] = mapped_column(Text)
    settings: Mapped[str] = mapped_column(Text)
    worker: Mapped[str] = mapped_column(Text)
    heartbeat: Mapped[datetime] = mapped_column(UtcTime)
    profile: Mapped[str | None] = mapped_column(ForeignKey("profiles.hash"))

    __table_args__ = (Index("ix_runs_state", "state"), {"sqlite_autoincrement": True})


class TrackRow(Base):
    """One chunk of a track: the rows that were appended at once, compressed.

    Maps lie last, so that SQLite need not read over them to get at the rest.
    """

    __tablename__ = "tracks"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    run: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    detector: Mapped[str] = mapped_column(String(64))
    stream: Mapped[int]
    base: Mapped[Fraction] = mapped_column(Rational)
    rows: Mapped[int]
    first_pts: Mapped[int] = mapped_column(BigInteger)
    end_pts: Mapped[int] = mapped_column(BigInteger)
    metrics: Mapped[str] = mapped_column(Text)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    checksum: Mapped[str] = mapped_column(String(64))
    map_rows: Mapped[int | None]
    map_columns: Mapped[int | None]
    maps: Mapped[bytes | None] = mapped_column(LargeBinary)
    maps_checksum: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (Index("ix_tracks_place", "run", "detector", "stream", "first_pts"),)


class FindingRow(Base):
    """One finding of one run under one profile."""

    __tablename__ = "findings"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    run: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    profile: Mapped[str] = mapped_column(ForeignKey("profiles.hash"))
    decided_by: Mapped[str] = mapped_column(String(64))
    detector: Mapped[str] = mapped_column(String(64))
    defect: Mapped[str] = mapped_column(String(64))
    stream: Mapped[int]
    span_start: Mapped[int] = mapped_column(BigInteger)
    span_end: Mapped[int] = mapped_column(BigInteger)
    span_base: Mapped[Fraction] = mapped_column(Rational)
    score: Mapped[float]
    severity: Mapped[str] = mapped_column(String(16))
    evidence: Mapped[str] = mapped_column(Text)
    weights: Mapped[str] = mapped_column(String(64))

    __table_args__ = (Index("ix_findings_run_profile", "run", "profile"),)


class ReviewerRow(Base):
    """One person who decides."""

    __tablename__ = "reviewers"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    added: Mapped[datetime] = mapped_column(UtcTime)


class VerdictRow(Base):
    """One row of a reviewer's decisions; appended, never changed (triggers refuse it).

    It points at no other table but its reviewer's, so that it outlives runs and findings.
    """

    __tablename__ = "verdicts"

    seq: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    subject: Mapped[str] = mapped_column(String(64), index=True)
    fingerprint: Mapped[str] = mapped_column(String(128))
    stream: Mapped[int]
    defect: Mapped[str] = mapped_column(String(64))
    detector: Mapped[str] = mapped_column(String(64))
    span_start: Mapped[int] = mapped_column(BigInteger)
    span_end: Mapped[int] = mapped_column(BigInteger)
    span_base: Mapped[Fraction] = mapped_column(Rational)
    decision: Mapped[str] = mapped_column(String(16))
    reviewer: Mapped[str] = mapped_column(ForeignKey("reviewers.name"))
    reason: Mapped[str | None] = mapped_column(String(32))
    disposition: Mapped[str | None] = mapped_column(String(32))
    severity: Mapped[str | None] = mapped_column(String(16))
    comment: Mapped[str] = mapped_column(Text)
    undoes: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcTime)
    settles: Mapped[bool] = mapped_column(server_default=false())

    __table_args__ = (
        Index("ix_verdicts_fingerprint_seq", "fingerprint", "seq"),
        {"sqlite_autoincrement": True},
    )


_STALE = text("counted <> changes")


class SummaryRow(Base):
    """What the library shows of a title, as it was counted at its change number `counted`.

    Triggers make the row with its title and count `changes`; where the two numbers differ, the
    rest is out of date.
    """

    __tablename__ = "summaries"

    fingerprint: Mapped[str] = mapped_column(
        ForeignKey("titles.fingerprint", ondelete="CASCADE"), primary_key=True
    )
    changes: Mapped[int] = mapped_column(BigInteger, server_default="0")
    counted: Mapped[int] = mapped_column(BigInteger, server_default="-1")
    name: Mapped[str] = mapped_column(Text, server_default="")
    path: Mapped[str] = mapped_column(Text, server_default="")
    folder: Mapped[str] = mapped_column(Text, server_default="")
    sort_name: Mapped[str] = mapped_column(Text, server_default="")
    search: Mapped[str] = mapped_column(Text, server_default="")
    media: Mapped[str] = mapped_column(Text, server_default="")
    duration_s: Mapped[float] = mapped_column(server_default="0")
    width: Mapped[int] = mapped_column(server_default="0")
    height: Mapped[int] = mapped_column(server_default="0")
    size_bytes: Mapped[int] = mapped_column(BigInteger, server_default="0")
    state: Mapped[str] = mapped_column(String(16), server_default="not_analysed")
    running: Mapped[int] = mapped_column(server_default="0")
    run: Mapped[str] = mapped_column(Text, server_default="")
    flags: Mapped[int] = mapped_column(server_default="0")
    undecided: Mapped[int] = mapped_column(server_default="0")
    worst: Mapped[int] = mapped_column(server_default="-1")
    reviewers: Mapped[str] = mapped_column(Text, server_default="")
    error: Mapped[str] = mapped_column(Text, server_default="")
    opened: Mapped[datetime | None] = mapped_column(UtcTime)
    analysed: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (
        Index("ix_summaries_sort_name", "sort_name", "fingerprint"),
        Index("ix_summaries_stale", "fingerprint", sqlite_where=_STALE, postgresql_where=_STALE),
    )


class SummaryDefectRow(Base):
    """Flags of one defect at one title, of the same count as its summary."""

    __tablename__ = "summary_defects"

    defect: Mapped[str] = mapped_column(String(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(
        ForeignKey("summaries.fingerprint", ondelete="CASCADE"), primary_key=True, index=True
    )
    flags: Mapped[int]
    undecided: Mapped[int]


class SummaryReviewerRow(Base):
    """One who decided about a title, of the same count as its summary."""

    __tablename__ = "summary_reviewers"

    reviewer: Mapped[str] = mapped_column(String(200), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(
        ForeignKey("summaries.fingerprint", ondelete="CASCADE"), primary_key=True, index=True
    )


class SpotPlanRow(Base):
    """A draw of clips; never changed."""

    __tablename__ = "spot_plans"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(ForeignKey("reviewers.name"))
    at: Mapped[datetime] = mapped_column(UtcTime)
    clip_s: Mapped[float]
    seed: Mapped[int] = mapped_column(BigInteger)
    sizes: Mapped[str] = mapped_column(Text)


class SpotClipRow(Base):
    """One clip of a plan."""

    __tablename__ = "spot_clips"

    plan: Mapped[str] = mapped_column(
        ForeignKey("spot_plans.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fingerprint: Mapped[str] = mapped_column(String(128))
    stratum: Mapped[str] = mapped_column(Text)
    span_start: Mapped[int] = mapped_column(BigInteger)
    span_end: Mapped[int] = mapped_column(BigInteger)
    span_base: Mapped[Fraction] = mapped_column(Rational)


class SpotAnswerRow(Base):
    """What somebody saw in a clip; appended, the last one of a person counts."""

    __tablename__ = "spot_answers"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    plan: Mapped[str] = mapped_column(ForeignKey("spot_plans.id"), index=True)
    place: Mapped[int]
    reviewer: Mapped[str] = mapped_column(ForeignKey("reviewers.name"))
    at: Mapped[datetime] = mapped_column(UtcTime)
    seen: Mapped[str] = mapped_column(Text)


class AssignmentRow(Base):
    """Who is asked to look at a title; appended, the last one of a person and role counts."""

    __tablename__ = "assignments"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    fingerprint: Mapped[str] = mapped_column(String(128), index=True)
    reviewer: Mapped[str] = mapped_column(ForeignKey("reviewers.name"))
    role: Mapped[str] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(ForeignKey("reviewers.name"))
    at: Mapped[datetime] = mapped_column(UtcTime)
    state: Mapped[str] = mapped_column(String(16))


class BatchRow(Base):
    """One request to analyse many titles; `document` holds it whole."""

    __tablename__ = "batches"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)


class TaskRow(Base):
    """One title of a batch, or one stretch of it; `fingerprint` is empty until it was probed."""

    __tablename__ = "tasks"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    batch: Mapped[str] = mapped_column(ForeignKey("batches.id"))
    path: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(128))
    span_start: Mapped[int | None] = mapped_column(BigInteger)
    span_end: Mapped[int | None] = mapped_column(BigInteger)
    span_base: Mapped[Fraction | None] = mapped_column(Rational)
    detectors: Mapped[str] = mapped_column(Text)
    weights: Mapped[str] = mapped_column(Text)
    priority: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int]
    worker: Mapped[str] = mapped_column(Text)
    run: Mapped[str] = mapped_column(Text)
    error: Mapped[str] = mapped_column(Text)
    added: Mapped[datetime] = mapped_column(UtcTime)
    started: Mapped[datetime | None] = mapped_column(UtcTime)
    finished: Mapped[datetime | None] = mapped_column(UtcTime)
    heartbeat: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_tasks_batch_state", "batch", "state", "priority"),)


class ChannelRow(Base):
    """One watched channel; `url` never holds a password, `document` holds measured rates."""

    __tablename__ = "channels"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    document: Mapped[str] = mapped_column(Text)
    started: Mapped[datetime] = mapped_column(UtcTime)
    heartbeat: Mapped[datetime] = mapped_column(UtcTime)
    worker: Mapped[str] = mapped_column(Text)


class ChannelEventRow(Base):
    """What happened on a channel; appended. `start_s` and `end_s` are seconds of UTC."""

    __tablename__ = "channel_events"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    channel: Mapped[str] = mapped_column(ForeignKey("channels.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    kind: Mapped[str] = mapped_column(String(24))
    start_s: Mapped[float | None]
    end_s: Mapped[float | None]
    sentence: Mapped[str] = mapped_column(Text)
    defect: Mapped[str] = mapped_column(String(64))
    severity: Mapped[str] = mapped_column(String(16))
    fingerprint: Mapped[str] = mapped_column(String(128))
    run: Mapped[str] = mapped_column(String(64))
    clip: Mapped[str] = mapped_column(Text)


class MaskProjectRow(Base):
    """The masks of one picture stream of one title."""

    __tablename__ = "mask_projects"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(128), index=True)
    stream: Mapped[int]
    base: Mapped[Fraction] = mapped_column(Rational)
    width: Mapped[int]
    height: Mapped[int]
    classes: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(ForeignKey("reviewers.name"))
    at: Mapped[datetime] = mapped_column(UtcTime)


class MaskLayerRow(Base):
    """What somebody or a network says of one frame; appended, never changed.

    Only predictions may be deleted, once newer ones stand in their place; triggers refuse the rest.
    """

    __tablename__ = "mask_layers"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    project: Mapped[str] = mapped_column(ForeignKey("mask_projects.id"))
    pts: Mapped[int] = mapped_column(BigInteger)
    origin: Mapped[str] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)
    round: Mapped[int]
    complete: Mapped[bool]
    clicks: Mapped[int]
    seconds: Mapped[float]
    undoes: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    checksum: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        Index("ix_mask_layers_place", "project", "pts"),
        {"sqlite_autoincrement": True},
    )


class MaskRoundRow(Base):
    """A round of learning masks; its predictions are layers."""

    __tablename__ = "mask_rounds"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    project: Mapped[str] = mapped_column(ForeignKey("mask_projects.id"))
    round: Mapped[int]
    document: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_mask_rounds_place", "project", "round", unique=True),)
