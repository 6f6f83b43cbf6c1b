"""A tiny decider for the tests of the write path: an errand is opened, counted up, and closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never
from uuid import UUID

from shared.contracts.community import ActivityRecorded
from shared.contracts.fact import Fact
from shared.privacy.personal import Personal
from shared.sourcing.decider import Decider, Event, Refused
from shared.sourcing.log import Entry, ReadModel, Write


class Opened(Event):
    case_id: UUID
    who: Personal[str] = None
    opened_on: date = date(2026, 4, 1)


class Counted(Event):
    number: int


class Closed(Event):
    pass


ErrandEvent = Opened | Counted | Closed


@dataclass(frozen=True)
class Errand:
    opened: bool = False
    closed: bool = False
    count: int = 0
    who: str | None = None


def evolve(state: Errand, event: ErrandEvent) -> Errand:
    match event:
        case Opened():
            return replace(state, opened=True, who=event.who)
        case Counted():
            return replace(state, count=event.number)
        case Closed():
            return replace(state, closed=True)
        case _:
            assert_never(event)


def open_errand(state: Errand, *, case_id: UUID, who: str | None = None) -> list[ErrandEvent]:
    return [] if state.opened else [Opened(case_id=case_id, who=who)]


def count_up(state: Errand, *, times: int = 1) -> list[ErrandEvent]:
    if state.closed:
        raise Refused("errand-closed")
    return [Counted(number=state.count + nth) for nth in range(1, times + 1)]


def close(state: Errand) -> list[ErrandEvent]:
    return [] if state.closed else [Closed()]


errand: Decider[Errand, ErrandEvent] = Decider(
    "errand", Errand(), evolve, (Opened, Counted, Closed)
)


def tell(event: Event) -> Fact | None:
    if isinstance(event, Opened):
        return ActivityRecorded(
            activity_id=event.case_id,
            occurred_on=event.opened_on,
            programme="3イ",
            kind="test",
            participants=1,
        )
    return None


TABLE = """CREATE TABLE errands (
  id uuid PRIMARY KEY, who text, total int NOT NULL DEFAULT 0 CHECK (total < 100))"""


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    for entry in batch:
        match entry.event:
            case Opened():
                yield Write(OPENED, [{"id": entry.stream_id, "who": entry.event.who}])
            case Counted():
                yield Write(COUNTED, [{"id": entry.stream_id, "total": entry.event.number}])


OPENED = "INSERT INTO errands SELECT n.* FROM json_to_recordset($1) AS n(id uuid, who text)"
COUNTED = """
UPDATE errands e SET total = n.total
FROM json_to_recordset($1) AS n(id uuid, total int) WHERE e.id = n.id
"""
ERRANDS = ReadModel("errands", ("errands",), project, "UPDATE errands SET who = NULL WHERE id = $1")
