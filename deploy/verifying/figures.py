"""Every indicator counted a second time, from the event stores, by SQL that knows nothing of the
reporting service's code.

Only events whose facts reporting has applied are counted, so a running system verifies as well as a
resting one. Facts parked in reporting are left out here and reported as parked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg

from deploy.verifying.activities import ACTIVITIES
from deploy.verifying.beyond import BESIDES
from deploy.verifying.findings import Compared, Finding
from deploy.verifying.words import Texts, texts_shown
from services.reporting.indicators import VERIFIED
from shared.sourcing.log import Connection

Cells: TypeAlias = dict[tuple[int, int, str], int]
"""(fiscal year, month, part) → number; cells that are 0 are left out."""

DIFFERENCES_SHOWN = 5


@dataclass
class Shown:
    """What the reporting service says, at one moment."""

    cells: dict[str, Cells] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    parked: dict[str, list[UUID]] = field(default_factory=dict)
    in_step: bool = True
    """The monthly table is the sum of the observations, and says how many they are."""
    texts: Texts = field(default_factory=Counter)


async def shown_by(db: Connection) -> Shown:
    """Read the reporting service's tables."""
    shown = Shown()
    for definition in VERIFIED:
        rows = await db.fetch(_VALUES, definition.id, definition.version)
        shown.cells[definition.id] = _cells([tuple(row)[:4] for row in rows])
        observed = await db.fetch(_OBSERVED, definition.id, definition.version)
        shown.in_step &= set(map(tuple, observed)) == set(map(tuple, rows))
    shown.texts = await texts_shown(db)
    for source, position in await db.fetch("SELECT source, position FROM consumed"):
        shown.positions[source] = position
    for source, fact_id in await db.fetch(_PARKED):
        shown.parked.setdefault(source, []).append(fact_id)
    return shown


def check_in_step(shown: Shown) -> Finding:
    name = "月別の表は一件ごとの記録の合計"
    return Finding("reporting", name, shown.in_step, "一致" if shown.in_step else "不一致")


async def recount(
    db: Connection, team: str, shown: Shown, desk: str, community: Sequence[str]
) -> dict[str, Cells]:
    """The indicators, or their share, that follow from this team's events.

    `desk` does 多機関協働 (Q-02, Q-03); `community` are the 相談経路 of Q-28.
    """
    upto = await db.fetchval(_UPTO, shown.positions.get(team, 0))
    left_out = shown.parked.get(team, [])
    asked = upto, left_out, desk, list(community)
    found: dict[str, Cells] = {}
    for indicator, (source, things) in (*THINGS.items(), *BESIDES):
        if source == team:
            rows = await db.fetch(_COUNT.format(things=things), *asked)
            add_up(found, {indicator: _cells(rows)})
    return found


def add_up(recounted: dict[str, Cells], more: dict[str, Cells]) -> None:
    """One indicator may follow from the events of several teams (Q-28)."""
    for indicator, cells in more.items():
        sums = recounted.setdefault(indicator, {})
        for key, number in cells.items():
            sums[key] = sums.get(key, 0) + number


def compare(shown: Shown, recounted: dict[str, Cells]) -> list[Compared]:
    """Both sides of every indicator, cell by cell."""
    found = []
    for definition in VERIFIED:
        ours, theirs = shown.cells[definition.id], recounted.get(definition.id, {})
        differ = sorted(key for key in ours | theirs if ours.get(key, 0) != theirs.get(key, 0))
        said = tuple(_difference(key, ours, theirs) for key in differ[:DIFFERENCES_SHOWN])
        totals = [sum(n for (_, _, dim), n in side.items() if not dim) for side in (ours, theirs)]
        found.append(Compared(definition.id, definition.title, totals[0], totals[1], said))
    return found


def _difference(key: tuple[int, int, str], ours: Cells, theirs: Cells) -> str:
    year, month, dim = key
    numbers = f"表 {ours.get(key, 0)}、数え直し {theirs.get(key, 0)}"
    return f"{year}年度{month}月 {dim or '計'}: {numbers}"


def _cells(rows: Sequence[asyncpg.Record | tuple[Any, ...]]) -> Cells:
    return {(year, month, dim): number for year, month, dim, number in rows if number}


_VALUES = """
SELECT fiscal_year, month, dim, value, facts FROM indicator_values
WHERE indicator = $1 AND version = $2
"""
_OBSERVED = """
SELECT fiscal_year, extract(month FROM day)::int, dim, sum(number)::bigint, count(*)
FROM observations, unnest(CASE WHEN whole THEN dims || ARRAY[''] ELSE dims END) AS dim
WHERE indicator = $1 AND version = $2 GROUP BY 1, 2, 3
"""
_PARKED = "SELECT source, fact_id FROM parked WHERE released_at IS NULL"
_UPTO = "SELECT coalesce(max(event_position), 0) FROM facts WHERE position <= $1"

_COUNT = """
WITH asked AS (SELECT $3::text AS desk, $4::text[] AS community),
counted AS NOT MATERIALIZED (
  SELECT *, 'district:' || coalesce(data->>'nurse_district', 'unknown') AS district,
         'catchment:' || coalesce(data->>'catchment', 'unknown') AS catchment
  FROM events WHERE position <= $1 AND event_id <> ALL($2::uuid[])),
place AS MATERIALIZED (
  SELECT position, data->>'resource_id' AS resource_id, data->'card'->>'area' AS area FROM counted
  WHERE type IN ('resource.Registered', 'resource.Corrected')),
sheets AS (
  SELECT DISTINCT ON (stream) * FROM counted
  WHERE type IN ('consultation.Received', 'consultation.SheetCorrected')
  ORDER BY stream, version DESC)
SELECT (extract(year FROM day) - (extract(month FROM day) < 4)::int)::int,
       extract(month FROM day)::int, dim, sum(number)::bigint
FROM ({things}) AS thing(day, number, dims),
     unnest(CASE WHEN '-' = ANY(dims) THEN array_remove(dims, '-')
                 ELSE dims || ARRAY[''] END) AS dim
GROUP BY 1, 2, 3
"""

THINGS: dict[str, tuple[str, str]] = {
    **ACTIVITIES,
    "Q-01": (
        "intake",
        """
        SELECT (data->>'received_on')::date, turned.number,
               ARRAY['programme:' || (data->>'programme'), 'counter:' || (data->>'counter'),
                     district]
        FROM counted,
             LATERAL (VALUES (CASE
               WHEN (data->>'beyond')::bool THEN 1
               WHEN type <> 'consultation.Received' THEN -1 END)) AS turned(number)
        WHERE type IN ('consultation.Received', 'consultation.FieldJudged',
                       'consultation.FieldCorrected')
          AND turned.number IS NOT NULL
        """,
    ),
    "Q-02": (
        "intake",
        """
        SELECT (data->>'received_on')::date, 1,
               ARRAY['channel:' || (data->>'channel'), 'source:' || (data->>'source'),
                     'age_band:' || coalesce(data->>'age_band', 'unknown'), district, catchment]
        FROM sheets WHERE data->>'counter' = $3
        """,
    ),
    "Q-03": (
        "intake",
        """
        SELECT (data->>'received_on')::date, 1, ARRAY['issue:' || issue, district, catchment]
        FROM sheets,
             LATERAL (SELECT DISTINCT json_array_elements_text(data->'issues') AS issue) AS ticked
        WHERE data->>'counter' = $3
        """,
    ),
    "Q-04": (
        "intake",
        """
        SELECT (data->>'received_on')::date, thing.number, thing.dims
        FROM sheets,
             LATERAL (SELECT count(DISTINCT issue) AS ticks
                      FROM json_array_elements_text(data->'issues') AS issue) AS ticked,
             LATERAL (VALUES (ticks, ARRAY[]::text[]), (1, ARRAY['-', 'issues:' || ticks]))
               AS thing(number, dims)
        WHERE data->>'counter' = $3
        """,
    ),
    "Q-05": (
        "community",
        """
        WITH entry AS (
          SELECT type, coalesce(data->>'registered_on', data->>'corrected_on',
                                data->>'retired_on', data->>'reopened_on')::date AS day,
                 data->'card'->>'kind' AS kind,
                 (SELECT past.data->'card'->>'kind' FROM events past
                  WHERE past.stream = counted.stream AND past.version < counted.version
                    AND past.type IN ('resource.Registered', 'resource.Corrected')
                  ORDER BY past.version DESC LIMIT 1) AS before
          FROM counted
          WHERE type IN ('resource.Registered', 'resource.Corrected', 'resource.Retired',
                         'resource.Reopened')
        )
        SELECT day, 1, ARRAY['kind:' || kind] FROM entry
        WHERE type IN ('resource.Registered', 'resource.Reopened')
        UNION ALL
        SELECT day, -1, ARRAY['kind:' || before] FROM entry WHERE type = 'resource.Retired'
        UNION ALL
        SELECT day, moved.number, ARRAY['kind:' || moved.of_kind] FROM entry,
               LATERAL (VALUES (-1, before), (1, kind)) AS moved(number, of_kind)
        WHERE type = 'resource.Corrected' AND kind <> before
        """,
    ),
    "Q-06": (
        "participation",
        """
        SELECT (data->>'matched_on')::date,
               CASE WHEN type = 'request.Matched' THEN 1 ELSE -1 END, ARRAY[district]
        FROM counted WHERE type IN ('request.Matched', 'request.MatchWithdrawn')
        """,
    ),
    "Q-27": (
        "outreach",
        """
        SELECT (data->>'started_on')::date, 1, ARRAY[district] FROM counted
        WHERE type = 'request.Started'
        """,
    ),
    "Q-28": (
        "intake",
        """
        SELECT (data->>'received_on')::date, 1,
               array_remove(ARRAY['by:consultation', 'source:' || (data->>'source'),
                 'counter:' || (data->>'counter'), district, catchment,
                 CASE WHEN data->>'counter' = $3 THEN 'overlap:q02' END], NULL)
        FROM sheets WHERE data->>'source' = ANY($4)
        """,
    ),
    "Q-29": (
        "coordination",
        """
        SELECT (data->>'applied_on')::date, 1,
               ARRAY['counter:' || coalesce(data->>'counter', 'unknown'), district]
        FROM counted
        WHERE type = 'case.ApplicationReceived'
        """,
    ),
    "Q-30": (
        "coordination",
        """
        SELECT (data->>'held_on')::date, thing.number, thing.dims
        FROM counted, LATERAL (VALUES
          (1, ARRAY['meeting:' || (data->>'kind')]),
          (json_array_length(data->'cases'), ARRAY['-', 'agenda:' || (data->>'kind')])
        ) AS thing(number, dims)
        WHERE type = 'meeting.Held'
        """,
    ),
    "Q-31": (
        "coordination",
        """
        SELECT (data->>'agreed_on')::date, 1, array_remove(ARRAY[
                 CASE WHEN (data->>'round')::int = 1 THEN 'round:first' ELSE 'round:replan' END,
                 'counter:' || coalesce(data->>'counter', 'unknown'), district,
                 CASE WHEN (data->>'participation')::bool THEN 'with:participation' END,
                 CASE WHEN (data->>'outreach')::bool THEN 'with:outreach' END], NULL)
        FROM counted WHERE type = 'case.PlanAgreed'
        """,
    ),
    "S-02": (
        "intake",
        """
        SELECT (data->>'received_on')::date, 1, array_remove(ARRAY[
                 'counter:' || (data->>'counter'), 'channel:' || (data->>'channel'),
                 'source:' || (data->>'source'),
                 'age_band:' || coalesce(data->>'age_band', 'unknown'), district, catchment,
                 CASE WHEN coalesce(json_array_length(data->'issues'), 0) = 0
                   THEN 'lacks:issues' END,
                 CASE WHEN data->>'catchment' IS NULL THEN 'lacks:town'
                   WHEN data->>'nurse_district' IS NULL THEN 'lacks:district' END], NULL)
               || ARRAY(SELECT DISTINCT 'issue:' || issue
                        FROM json_array_elements_text(data->'issues') AS issue)
        FROM sheets
        """,
    ),
}
"""Indicator → the team whose events it follows from, and its countable things: day, number, parts
(`-` among them: it counts in its parts only). `sheets`: each consultation as its last sheet reads.
"""
