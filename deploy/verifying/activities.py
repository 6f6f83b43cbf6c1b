"""Q-07 … Q-26 a second time: sums over the activities as they stand, each by its last sheet.

Reporting takes away what a correction replaced and adds what is right; here only the last sheet of
each activity is looked at. Both must give the same.
"""

from __future__ import annotations

from collections.abc import Sequence

_LAST = """
SELECT (sheet->>'held_on')::date, {number}, ARRAY[{dims}]::text[]
FROM (SELECT DISTINCT ON (stream) data->'sheet' AS sheet, position FROM counted
      WHERE type IN ('activity.Recorded', 'activity.Corrected')
      ORDER BY stream, version DESC) AS last
WHERE sheet->>'kind' = '{kind}'{only}
"""


_AREA = """
       'area:' || coalesce((SELECT nullif(translate(place.area, E'\\t,', ' 、'), '') FROM place
                            WHERE place.resource_id = sheet->>'resource_id'
                              AND place.position < last.position
                            ORDER BY place.position DESC LIMIT 1), 'unknown')"""
"""会場の地区, as the directory had it when the sheet was written."""


def _sum(kind: str, measure: str, *dims: str) -> str:
    number = f"coalesce((sheet->'counts'->>'{measure}')::bigint, 0)"
    said = ", ".join(_AREA if dim == "area" else f"'{dim}'" for dim in dims)
    return _LAST.format(number=number, dims=said, kind=kind, only="")


def _texts(kind: str) -> str:
    return _LAST.format(number="1", dims="", kind=kind, only=" AND sheet->>'story' IS NOT NULL")


def _counted(parts: Sequence[str]) -> tuple[str, str]:
    return "community", " UNION ALL ".join(parts)


_ATTRIBUTES = ("men", "women", "under-65", "65-74", "75-over", "with-disability", "with-children")

_GROUPS = """
WITH entry AS (
  SELECT type, coalesce(data->>'registered_on', data->>'corrected_on',
                        data->>'retired_on', data->>'reopened_on')::date AS day,
         data->'card'->>'kind' AS kind,
         (SELECT past.data->'card'->>'kind' FROM events past
          WHERE past.stream = counted.stream AND past.version < counted.version
            AND past.type IN ('resource.Registered', 'resource.Corrected')
          ORDER BY past.version DESC LIMIT 1) AS before
  FROM counted WHERE type IN ('resource.Registered', 'resource.Corrected', 'resource.Retired',
                              'resource.Reopened')
)
SELECT day, (coalesce(kind, '') = 'exercise-group')::int
            - (type <> 'resource.Reopened' AND coalesce(before, '') = 'exercise-group')::int,
       ARRAY[]::text[] FROM entry
"""

ACTIVITIES: dict[str, tuple[str, str]] = {
    "Q-07": _counted([_sum("leader-course", "participants")]),
    "Q-08": _counted([_sum("leader-pr", "times")]),
    "Q-09": _counted(
        [_sum(kind, "newcomers", f"activity:{kind}") for kind in ("leader-course", "group-session")]
    ),
    "Q-10": ("community", _GROUPS),
    "Q-11": _counted([_sum("group-session", "participants")]),
    "Q-12": _counted(
        [
            _sum("ikiiki-call", way, f"measure:{way}", "area")
            for way in ("calls-district", "calls-individual")
        ]
    ),
    "Q-13": _counted([_sum("ikiiki-session", "participants", "area")]),
    "Q-14": _counted(
        [
            _sum("ikiiki-session", "participants"),
            *(_sum("ikiiki-session", one, "-", f"measure:{one}") for one in _ATTRIBUTES),
        ]
    ),
    "Q-15": _counted([_sum("coordinator-visit", "visits")]),
    "Q-16": _counted([_texts("new-place")]),
    "Q-17": _counted([_sum("matching-visit", "visits")]),
    "Q-18": _counted([_sum("phire-cooperation", "times")]),
    "Q-19": _counted([_texts("phire-exchange")]),
    "Q-20": _counted([_texts("phire-procurement")]),
    "Q-21": _counted([_sum("niji-community", "times")]),
    "Q-22": _counted([_texts("niji-sales")]),
    "Q-23": _counted([_sum("parenting-course", "times")]),
    "Q-24": _counted([_sum("parenting-volunteers", "volunteers")]),
    "Q-25": _counted([_texts("hardship-programme")]),
    "Q-26": _counted([_sum("hardship-place", "places")]),
}
"""Indicator → community, and its countable things: day, number, parts."""
