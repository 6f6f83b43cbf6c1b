"""1週間の予定: what is open on which day, by the schedules of the places that were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.community.domain.schedule import days_of
from services.community.read.activities import ActivityRow
from services.community.read.directory import ResourceRow
from services.community.read.occasions import OccasionRow

PLACES = 500
"""Places of one calendar at the most; more than anybody reads."""


@dataclass(frozen=True)
class Opening:
    """A place, open on this day."""

    times: str
    place: ResourceRow


@dataclass(frozen=True)
class Day:
    day: date
    openings: Sequence[Opening]
    occasions: Sequence[OccasionRow]
    """What is announced for the day."""
    activities: Sequence[ActivityRow]
    """What was recorded for the day; for staff."""


@dataclass(frozen=True)
class Week:
    days: Sequence[Day]

    @property
    def first(self) -> date:
        return self.days[0].day

    @property
    def last(self) -> date:
        return self.days[-1].day


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(
    monday: date,
    places: Iterable[ResourceRow],
    activities: Iterable[ActivityRow] = (),
    occasions: Iterable[OccasionRow] = (),
) -> Week:
    """Seven days from Monday; within a day by time, then as the places come."""
    days = [monday + timedelta(days=n) for n in range(7)]
    openings: dict[date, list[Opening]] = {day: [] for day in days}
    for place in places:
        for day, slot in days_of(place.schedule, days[0], days[-1]):
            openings[day].append(Opening(slot.times, place))
    held: dict[date, list[ActivityRow]] = {day: [] for day in days}
    for one in activities:
        held[one.held_on].append(one)
    announced: dict[date, list[OccasionRow]] = {day: [] for day in days}
    for occasion in occasions:
        announced[occasion.held_on].append(occasion)
    for several in openings.values():
        several.sort(key=lambda one: (one.times == "", one.times))
    return Week([Day(day, openings[day], announced[day], held[day]) for day in days])
