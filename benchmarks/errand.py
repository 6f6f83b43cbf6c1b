"""The command that is measured: an event of the size a consultation has (380 bytes of data), a
fact, a read model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never
from uuid import UUID

from shared.contracts.fact import Fact
from shared.contracts.intake import ConsultationReceived
from shared.sourcing.decider import Decider, Event
from shared.sourcing.log import Entry, ReadModel, Write

FILLER = "よろず相談" * 15
"""225 bytes, which bring an event to the size of a stored consultation."""


class Opened(Event):
    case_id: UUID
    counter: str
    opened_on: date
    issues: tuple[str, ...]
    remark: str


class Counted(Event):
    number: int
    remark: str


ErrandEvent = Opened | Counted


@dataclass(frozen=True)
class Errand:
    opened: bool = False
    count: int = 0


def evolve(state: Errand, event: ErrandEvent) -> Errand:
    match event:
        case Opened():
            return replace(state, opened=True)
        case Counted():
            return replace(state, count=event.number)
        case _:
            assert_never(event)


DAY = date(2026, 11, 23)


def open_errand(state: Errand, *, case_id: UUID, events: int) -> list[ErrandEvent]:
    if state.opened:
        return []
    issues = ("i01", "i02")
    opened = Opened(case_id=case_id, counter="C-08", opened_on=DAY, issues=issues, remark=FILLER)
    return [opened, *(Counted(number=nth, remark=FILLER) for nth in range(1, events))]


errand: Decider[Errand, ErrandEvent] = Decider("errand", Errand(), evolve, (Opened, Counted))


def tell(event: Event) -> Fact | None:
    if isinstance(event, Opened):
        return ConsultationReceived(
            occurred_on=event.opened_on,
            case_id=event.case_id,
            consultation_id=event.case_id,
            counter=event.counter,
            channel="visit",
            source="self",
            issues=event.issues,
        )
    return None


TABLE = """CREATE TABLE IF NOT EXISTS errands
  (id uuid PRIMARY KEY, counter text NOT NULL, opened_on date NOT NULL)"""


WRITTEN = """
INSERT INTO errands SELECT * FROM json_to_recordset($1) AS n(id uuid, counter text, day date)
"""


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    opened = [r for r in batch if isinstance(r.event, Opened)]
    if opened:
        yield Write(
            WRITTEN,
            [
                {"id": r.stream_id, "counter": r.event.counter, "day": r.event.opened_on}
                for r in opened
            ],
        )


ERRANDS = ReadModel("errands", ("errands",), project)
