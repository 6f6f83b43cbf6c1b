"""Day by day: who comes, which case goes on, what takes place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heappop, heappush
from random import Random

from deploy.simulating import places
from deploy.simulating.chance import (
    ESCALATED,
    RETURNING,
    Household,
    burdens,
    comers,
    falling,
    household,
    turned_to,
)
from deploy.simulating.hall import Hall
from deploy.simulating.journey import Journey


@dataclass
class History:
    """What has happened so far, and what is due."""

    hall: Hall
    scale: float
    first: date
    places: list[str] = field(default_factory=list)
    known: list[tuple[Household, str, str]] = field(default_factory=list)
    """Household, counter, case id."""
    due: list[tuple[date, int, AsyncIterator[int]]] = field(default_factory=list)
    consultations: int = 0
    cases: int = 0


async def play(
    hall: Hall, days: int, scale: float, progress: Callable[[int], None] = lambda _day: None
) -> History:
    """So many days from the hall's on. Each day's chance hangs on seed and day alone."""
    history = History(hall, scale, hall.day)
    history.places = await places.register(hall, scale)
    for n in range(days):
        hall.day = history.first + timedelta(days=n)
        await _day(history, Random(f"{hall.seed}:{hall.today}"))
        progress(n + 1)
    return history


async def _day(history: History, random: Random) -> None:
    hall = history.hall
    for _ in range(comers(hall.day, history.first, history.scale, random)):
        await _received(history, random)
    while history.due and history.due[0][0] <= hall.day:
        _, number, steps = heappop(history.due)
        await _go_on(history, number, steps)
    await places.sessions(hall, history.places, random)
    if places.is_month_end(hall.day):
        await places.month_end(hall, history.scale, random)
    await asyncio.sleep(0)  # the buses of the services get their turn


async def _received(history: History, random: Random) -> None:
    """K-01: somebody new, or a household that came before."""
    hall, number = history.hall, history.consultations
    history.consultations += 1
    if history.known and random.random() < RETURNING:
        who, counter, case_id = random.choice(history.known)
    else:
        who, case_id = household(number, hall.city, hall.day, random), None
        counter = turned_to(who, hall.city, hall.day, random)
    issues = burdens(counter, hall.city, hall.day, random)
    body = {
        "counter": counter,
        "received_on": hall.today,
        "channel": falling(hall.city.codes("channels", hall.day), random),
        "source": falling(hall.city.codes("sources", hall.day), random),
        "name": who.name,
        "kana": who.kana,
        "born_on": who.born_on.isoformat(),
        "address": who.address,
        "household_size": who.size,
        "issues": issues,
        "main_issue": issues[0],
        "content": who.story,
        "case_id": case_id,
    }
    made = await hall.post(f"came:{number}", "/intake/api/consultations", by=counter, **body)
    if case_id is None:
        history.known.append((who, counter, str(made["case_id"])))
        if random.random() < ESCALATED:
            await _escalated(history, who, counter, made["id"], str(made["case_id"]))


async def _escalated(
    history: History, who: Household, counter: str, consultation: str, case_id: str
) -> None:
    hall = history.hall
    reasons = [hall.city.first("reasons")]
    basis = {"kind": "consent", "reference": hall.today}
    path = f"/intake/api/consultations/{consultation}/escalation"
    await hall.post("passed", path, by=counter, reasons=reasons, basis=basis, on=hall.today)
    history.cases += 1
    own = Random(f"{hall.seed}:case:{who.number}")
    journey = Journey(hall, own, who, counter, case_id, own.choice(history.places))
    await _go_on(history, who.number, journey.steps())


async def _go_on(history: History, number: int, steps: AsyncIterator[int]) -> None:
    """Do what is due; the next step waits for its day."""
    async for days in steps:
        heappush(history.due, (history.hall.day + timedelta(days=days), number, steps))
        return
