"""地域づくりの活動: one stream per recorded activity (B-01 … B-06, domain 4.9)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, TypeAlias, assert_never
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.sourcing.days import not_long_ago
from shared.sourcing.decider import Decider, Event, Refused

Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
PARTICIPANTS, NEWCOMERS = "participants", "newcomers"
AMONG_THEM = ((NEWCOMERS,), ("men", "women"), ("under-65", "65-74", "75-over"))
"""What is said of the participants, in groups that leave nobody counted twice (Q-14)."""


class Sheet(BaseModel):
    """What is written down about one activity: counts, no names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    programme: str
    kind: str
    resource_id: UUID | None = None
    held_on: date
    counts: dict[str, Count] = Field(default_factory=dict)
    """Measure of the city's list → number."""
    story: str | None = None
    """公表する文: goes into the evaluation of the plan (X-28), so it tells of nobody."""
    note: str | None = None
    """For the team alone."""

    def count(self, measure: str) -> int:
        return self.counts.get(measure, 0)


@dataclass(frozen=True)
class Log:
    """様式: what belongs on a sheet of this kind."""

    programmes: Collection[str]
    measures: Collection[str]
    story: Literal["none", "may", "must"] = "none"
    place: bool = False
    """It says at which place of the directory: a group is one."""


class Recorded(Event):
    activity_id: UUID
    sheet: Sheet


class Corrected(Event):
    activity_id: UUID
    sheet: Sheet
    corrected_on: date
    edition: int = 2
    """Of the sheet: the first correction is the second edition. Early events do not say it."""


ActivityEvent: TypeAlias = Recorded | Corrected


@dataclass(frozen=True)
class Activity:
    """The sheet as it stands."""

    activity_id: UUID | None = None
    sheet: Sheet | None = None
    edition: int = 0


def evolve(state: Activity, event: ActivityEvent) -> Activity:
    match event:
        case Recorded():
            return Activity(event.activity_id, event.sheet, edition=1)
        case Corrected():
            return Activity(state.activity_id, event.sheet, event.edition)
        case _:
            assert_never(event)


def record(
    state: Activity, *, activity_id: UUID, sheet: Sheet, log: Log, today: date
) -> list[ActivityEvent]:
    """B-01 … B-06: an activity that took place, recorded once."""
    if state.activity_id is not None:
        return []
    _fits(sheet, log)
    _plausible(sheet, today)
    return [Recorded(activity_id=activity_id, sheet=sheet)]


def correct(
    state: Activity, *, sheet: Sheet, log: Log, today: date, edition: int | None = None
) -> list[ActivityEvent]:
    """The whole sheet as it should have been; the first writing stays in the history. `edition` is
    the one that was on the screen, so that nobody writes over a colleague unseen.
    """
    if state.activity_id is None:
        raise Refused("activity-unknown")
    if sheet == state.sheet:
        return []
    if edition is not None and edition != state.edition:
        raise Refused("sheet-changed-meanwhile")
    _fits(sheet, log)
    _plausible(sheet, today)
    new = state.edition + 1
    return [Corrected(activity_id=state.activity_id, sheet=sheet, corrected_on=today, edition=new)]


def _fits(sheet: Sheet, log: Log) -> None:
    if sheet.programme not in log.programmes:
        raise Refused("programme-of-another-log")
    if set(sheet.counts) - set(log.measures):
        raise Refused("measure-of-another-log")
    if log.place and sheet.resource_id is None:
        raise Refused("place-missing")
    if log.story == "must" and not sheet.story:
        raise Refused("story-missing")
    if log.story == "none" and sheet.story:
        raise Refused("story-not-asked")
    if not sheet.story and not any(sheet.counts.values()):
        raise Refused("nothing-counted")


def _plausible(sheet: Sheet, today: date) -> None:
    if sheet.held_on > today:
        raise Refused("day-in-future")
    not_long_ago(sheet.held_on)
    if sheet.count(NEWCOMERS) > sheet.count(PARTICIPANTS):
        raise Refused("newcomers-exceed-participants")
    for group in AMONG_THEM:
        if sum(map(sheet.count, group)) > sheet.count(PARTICIPANTS):
            raise Refused("parts-exceed-participants")


activity: Decider[Activity, ActivityEvent] = Decider(
    "activity", Activity(), evolve, (Recorded, Corrected)
)
