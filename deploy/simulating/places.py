"""The directory and the log of activities: the plan's venues, a session a week, reports a month."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from deploy.simulating.hall import Hall
from shared.vocabulary.city import City
from shared.vocabulary.entries import ActivityKind

_BREAK = (8, 1)
"""Months in which a venue rests every other week: heat and New Year."""


async def register(hall: Hall, scale: float) -> list[str]:
    """The plan's venues (as many as the scale has), or one place where the plan names none."""
    venues = hall.city.venues[: max(1, round(len(hall.city.venues) * min(scale, 1)))]
    kind = hall.city.first("resource_kinds")
    names: list[tuple[str, str, str | None]] = [(v.label, v.kind, v.area) for v in venues]
    names = names or [("みんなの縁側", kind, None)]
    return [
        str(
            (
                await hall.post(
                    f"place:{n}", "/community/api/resources", name=name, kind=kind, area=area
                )
            )["id"]
        )
        for n, (name, kind, area) in enumerate(names)
    ]


async def sessions(hall: Hall, places: list[str], random: Random) -> None:
    """Each place has its day of the week."""
    kind = session_kind(hall.city, hall.day)
    if kind is None:
        return
    for n, place in enumerate(places):
        if n % 5 != hall.day.weekday() or (hall.day.month in _BREAK and random.random() < 0.5):
            continue
        await _recorded(hall, kind, f"{n}", random, resource_id=place)


async def month_end(hall: Hall, scale: float, random: Random) -> None:
    """One record of every kind of activity, on the last working day: reports and courses."""
    for kind in _kinds(hall.city, hall.day):
        if random.random() < min(1, 0.5 * scale):
            await _recorded(hall, kind, kind.code, random)


def session_kind(city: City, day: date) -> ActivityKind | None:
    """What the venues are there for: of all that people come to in the programme they serve, the
    kind of which most is written down.
    """
    served = {venue.programme for venue in city.venues if venue.programme}
    sessions = [
        one
        for one in _kinds(city, day)
        if "participants" in one.measures and (not served or served & set(one.programmes))
    ]
    return max(sessions, key=lambda one: len(one.measures), default=None)


def _kinds(city: City, day: date) -> list[ActivityKind]:
    """Kinds of activity of which something can be told."""
    kinds = city.activity_kinds
    return [one for one in kinds if one.holds(day) and (one.measures or one.story == "must")]


def is_month_end(day: date) -> bool:
    """The 28th: every month has one."""
    return day.day == 28


async def _recorded(hall: Hall, kind: ActivityKind, key: str, random: Random, **more: Any) -> None:
    counts = _counts(kind, random)
    told = {"story": "利用者が地域の行事に参加した"} if kind.story == "must" else {}
    await hall.post(
        f"activity:{hall.today}:{key}",
        "/community/api/activities",
        programme=kind.programmes[0],
        kind=kind.code,
        held_on=hall.today,
        counts=counts,
        **told,
        **more,
    )


def _counts(kind: ActivityKind, random: Random) -> dict[str, int]:
    """Who came; the rest is a part of them."""
    whole = random.randint(4, 24)
    first, *rest = kind.measures or ("",)
    counts = {first: whole} if first else {}
    return counts | {one: random.randint(0, max(1, whole // 3)) for one in rest}
