"""Spot checks in the store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from core.domain.errors import KnownError
from core.domain.spot import Clip, SpotAnswer, SpotPlan
from core.domain.time import Span
from core.store.codec import plain_text
from core.store.database import Database
from core.store.reviewer import ensure_reviewers
from core.store.table import SpotAnswerRow, SpotClipRow, SpotPlanRow


class SpotRepository:
    """Plans by id, and the answers to them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, plan: SpotPlan) -> None:
        """Keep a plan.

        Raises:
            KnownError: The store cannot be written.
        """
        row = {
            "id": plan.id,
            "name": plain_text(plan.name),
            "by": plain_text(plan.by),
            "at": plan.at,
            "clip_s": plan.clip_s,
            "seed": plan.seed,
            "sizes": json.dumps(dict(plan.sizes)),
        }
        clips = [
            {
                "plan": plan.id,
                "place": place,
                "fingerprint": clip.fingerprint,
                "stratum": clip.stratum,
                "span_start": int(clip.span.start),
                "span_end": int(clip.span.end),
                "span_base": clip.span.base,
            }
            for place, clip in enumerate(plan.clips)
        ]

        def work(connection: Connection) -> None:
            ensure_reviewers(connection, [str(row["by"])])
            connection.execute(insert(SpotPlanRow).values(row))
            if clips:
                connection.execute(insert(SpotClipRow), clips)

        self._database.write(work)

    def get(self, plan_id: str) -> SpotPlan:
        """The plan of this id, or whose id begins so.

        Raises:
            KnownError: There is none, or several begin so.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                select(SpotPlanRow.__table__).where(
                    SpotPlanRow.id.startswith(plan_id, autoescape=True)
                )
            ).all()
            if len(rows) != 1:
                which = "No" if not rows else "More than one"
                raise KnownError(f"{which} spot check of this store has the id {plan_id}.")
            return _plan_of(rows[0], self._clips(connection, rows[0].id))

    def all(self) -> tuple[SpotPlan, ...]:
        """Every plan, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                select(SpotPlanRow.__table__).order_by(SpotPlanRow.number)
            ).all()
            return tuple(_plan_of(row, self._clips(connection, row.id)) for row in rows)

    def answer(self, *answers: SpotAnswer) -> None:
        """Append answers in one transaction; they are on the disk when this returns.

        Raises:
            KnownError: The store cannot be written.
        """
        rows = [
            {
                "plan": a.plan,
                "place": a.place,
                "reviewer": plain_text(a.reviewer),
                "at": a.at,
                "seen": json.dumps(sorted(a.seen)),
            }
            for a in answers
        ]

        def work(connection: Connection) -> None:
            ensure_reviewers(connection, {str(row["reviewer"]) for row in rows})
            connection.execute(insert(SpotAnswerRow), rows)

        if rows:
            self._database.write(work)

    def answers(self, plan_id: str) -> tuple[SpotAnswer, ...]:
        """What counts: each person's last answer to each clip, in the order of the clips."""
        with self._database.reading() as connection:
            rows = connection.execute(
                select(SpotAnswerRow.__table__)
                .where(SpotAnswerRow.plan == plan_id)
                .order_by(SpotAnswerRow.number)
            ).all()
        last = {(row.place, row.reviewer): row for row in rows}
        return tuple(
            SpotAnswer(row.plan, row.place, row.reviewer, row.at, frozenset(json.loads(row.seen)))
            for _, row in sorted(last.items())
        )

    def _clips(self, connection: Connection, plan_id: str) -> Sequence[Row[Any]]:
        return connection.execute(
            select(SpotClipRow.__table__)
            .where(SpotClipRow.plan == plan_id)
            .order_by(SpotClipRow.place)
        ).all()


def _plan_of(row: Row[Any], clips: Sequence[Row[Any]]) -> SpotPlan:
    return SpotPlan(
        row.id,
        row.name,
        row.by,
        row.at,
        row.clip_s,
        row.seed,
        json.loads(row.sizes),
        tuple(
            Clip(
                clip.fingerprint, Span(clip.span_start, clip.span_end, clip.span_base), clip.stratum
            )
            for clip in clips
        ),
    )
