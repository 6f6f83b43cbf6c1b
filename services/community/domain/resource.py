"""社会資源: the directory of places and groups, one stream per entry (B-01 … B-06, V-1, Q-05).

An entry (F-09) is a service at a location in the sense of HSDS: whose it is, where, when, for whom,
what it can take care of, whether there is room, and who last made sure of all this.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias, assert_never
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.community.domain.schedule import Schedule
from shared.sourcing.days import day_between
from shared.sourcing.decider import Decider, Event, Refused


class Card(BaseModel):
    """What the directory says about a public place: no private person's name or phone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: str
    programme: str | None = None
    area: str | None = None
    """会場の地区: often a neighbourhood and not a town (V-1)."""
    town: str | None = None
    address: str | None = None
    phone: str | None = None
    held: str | None = None
    """When and how often, where the schedule cannot say it: 8月は休み."""
    target: str | None = None
    """For whom, where the list cannot say it: おおむね65歳以上."""
    note: str | None = None
    kana: str | None = None
    organisation: str | None = None
    """運営: who runs it."""
    building: str | None = None
    """建物: one building is home to many entries (V-3)."""
    schedule: Schedule = ()
    targets: tuple[str, ...] = ()
    """対象 (`resource_targets`)."""
    cares: tuple[str, ...] = ()
    """配慮: what it can take care of (`resource_cares`)."""
    capacity: str | None = None
    """空き (`capacity_states`); None: nobody asked."""
    url: str | None = None
    published: bool = False
    """公表してよい: shown to everybody, without sign-in."""


class Registered(Event):
    resource_id: UUID
    card: Card
    registered_on: date


class Corrected(Event):
    resource_id: UUID
    correction_id: UUID
    card: Card
    corrected_on: date
    edition: int = 2
    """Of the card: the first correction is the second edition. Early events do not say it."""
    by: str | None = None
    """The agency that made sure; no person is named."""
    checked: bool = True
    """Whether somebody made sure: what a list says is no check (F-09)."""


class Checked(Event):
    """Somebody made sure that the entry still holds (complaint 11: stale lists)."""

    checked_on: date
    by: str | None = None


class Retired(Event):
    resource_id: UUID
    reason: str
    retired_on: date


class Reopened(Event):
    """It can be used again, or was retired by mistake: the entry is the same one (Q-05)."""

    resource_id: UUID
    card: Card
    reopened_on: date
    by: str | None = None


class Used(Event):
    """Somebody was matched with it on that day (T-22); nobody is named (N-07)."""

    resource_id: UUID
    used_on: date


ResourceEvent: TypeAlias = Registered | Corrected | Checked | Retired | Reopened | Used


class Status(StrEnum):
    UNKNOWN = "unknown"
    OPEN = "open"
    RETIRED = "retired"


@dataclass(frozen=True)
class Resource:
    """Just big enough to decide."""

    status: Status = Status.UNKNOWN
    resource_id: UUID | None = None
    card: Card | None = None
    checked_on: date | None = None
    registered_on: date | None = None
    reason: str | None = None
    retired_on: date | None = None
    checked_by: str | None = None
    used: frozenset[date] = frozenset()
    edition: int = 0
    """How often the card was written; who writes the next names the one they saw."""


def evolve(state: Resource, event: ResourceEvent) -> Resource:
    match event:
        case Registered():
            day = event.registered_on
            return Resource(Status.OPEN, event.resource_id, event.card, day, day, edition=1)
        case Corrected() if not event.checked:
            return replace(state, card=event.card, edition=event.edition)
        case Corrected():
            return replace(
                state,
                card=event.card,
                checked_on=_later(state, event.corrected_on),
                checked_by=event.by or state.checked_by,
                edition=event.edition,
            )
        case Checked():
            day = _later(state, event.checked_on)
            return replace(state, checked_on=day, checked_by=event.by or state.checked_by)
        case Retired():
            return replace(
                state,
                status=Status.RETIRED,
                reason=event.reason,
                retired_on=event.retired_on,
            )
        case Reopened():
            day = _later(state, event.reopened_on)
            return replace(
                state,
                status=Status.OPEN,
                reason=None,
                retired_on=None,
                registered_on=event.reopened_on,  # what it is retired after
                checked_on=day,
                checked_by=event.by or state.checked_by,
            )
        case Used():
            return replace(state, used=state.used | {event.used_on})
        case _:
            assert_never(event)


def register(state: Resource, *, resource_id: UUID, card: Card, on: date) -> list[ResourceEvent]:
    """Q-05: a place enters the directory once; what is there, open or retired, stays as it is."""
    if state.status is not Status.UNKNOWN:
        return []
    return [Registered(resource_id=resource_id, card=card, registered_on=on)]


def correct(
    state: Resource,
    *,
    correction_id: UUID,
    card: Card,
    on: date,
    by: str | None = None,
    edition: int | None = None,
) -> list[ResourceEvent]:
    """The entry says something else now; saying the same again changes nothing. `edition` is the
    one that was on the screen, so that nobody writes over a colleague unseen.
    """
    _open(state)
    if card == state.card:
        return []
    if edition is not None and edition != state.edition:
        raise Refused("sheet-changed-meanwhile")
    return [_corrected(state, correction_id, card, on, by)]


def amend(state: Resource, *, correction_id: UUID, card: Card, on: date) -> list[ResourceEvent]:
    """A list that was read says something else; who made sure, and when, stays as it was (F-09)."""
    _open(state)
    if card == state.card:
        return []
    new = _corrected(state, correction_id, card, on, None)
    return [new.model_copy(update={"checked": False})]


def check(
    state: Resource,
    *,
    on: date,
    correction_id: UUID,
    by: str | None = None,
    capacity: str | None = None,
) -> list[ResourceEvent]:
    """F-09: the entry was looked at and still holds (最終確認日). Whether there is room is asked on
    the same occasion; None: it was not.
    """
    _open(state)
    if state.card is not None and capacity not in (None, state.card.capacity):
        card = state.card.model_copy(update={"capacity": capacity})
        return [_corrected(state, correction_id, card, on, by)]
    if state.checked_on is not None and state.checked_on >= on and (state.checked_by or not by):
        return []  # looked at today already, and it is known by whom
    return [Checked(checked_on=on, by=by)]


def _corrected(
    state: Resource, correction_id: UUID, card: Card, on: date, by: str | None
) -> Corrected:
    return Corrected(
        resource_id=_open(state),
        correction_id=correction_id,
        card=card,
        corrected_on=on,
        edition=state.edition + 1,
        by=by,
    )


def retire(state: Resource, *, reason: str, on: date, today: date) -> list[ResourceEvent]:
    """The place is gone or can no longer be used; its count in Q-05 ends."""
    if state.status is Status.RETIRED:
        if state.reason == reason:
            return []
        raise Refused("resource-retired")
    resource_id = _open(state)
    day_between(on, today, since=state.registered_on, otherwise="before-registration")
    return [Retired(resource_id=resource_id, reason=reason, retired_on=on)]


def reopen(state: Resource, *, on: date, today: date, by: str | None = None) -> list[ResourceEvent]:
    """A retirement is taken back: the place is there again, and counts again (Q-05)."""
    if state.resource_id is None or state.card is None:
        raise Refused("resource-unknown")
    if state.status is Status.OPEN:
        return []
    day_between(on, today, since=state.retired_on, otherwise="before-retirement")
    return [Reopened(resource_id=state.resource_id, card=state.card, reopened_on=on, by=by)]


def use(state: Resource, *, on: date) -> list[ResourceEvent]:
    """T-22: somebody goes there; what is not in the directory is nobody's to remember."""
    if state.resource_id is None or on in state.used:
        return []
    return [Used(resource_id=state.resource_id, used_on=on)]


def _open(state: Resource) -> UUID:
    if state.resource_id is None:
        raise Refused("resource-unknown")
    if state.status is Status.RETIRED:
        raise Refused("resource-retired")
    return state.resource_id


def _later(state: Resource, day: date) -> date:
    return day if state.checked_on is None else max(state.checked_on, day)


resource: Decider[Resource, ResourceEvent] = Decider(
    "resource", Resource(), evolve, (Registered, Corrected, Checked, Retired, Reopened, Used)
)
