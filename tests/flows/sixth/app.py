"""見守り: whoever came to a counter is looked after once. The whole team, in one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from shared.bus.reactions import Reactions
from shared.contracts.fact import CaseFact
from shared.contracts.intake import ConsultationReceived
from shared.privacy.access import AccessRule, Role
from shared.runtime.office import Office
from shared.runtime.service import Service
from shared.sourcing.decider import Decider, Event
from shared.sourcing.log import Entry, ReadModel, Write
from shared.sourcing.streams import Streams
from shared.web.desks import desk_of
from shared.web.pages import Pages
from shared.web.render import render

TEAM = "watching"


class WatchBegun(CaseFact):
    """見守りを始めた."""

    team: ClassVar[str] = TEAM
    counter: str


class Begun(Event):
    case_id: UUID
    counter: str
    begun_on: date


def begin(begun: bool, *, case_id: UUID, counter: str, on: date) -> list[Begun]:
    """Once per case."""
    return [] if begun else [Begun(case_id=case_id, counter=counter, begun_on=on)]


watch: Decider[bool, Begun] = Decider("watch", False, lambda _, __: True, (Begun,))
reactions: Reactions[Office] = Reactions(TEAM)
pages = Pages(TEAM)


@reactions.on(ConsultationReceived)
async def look_after(fact: ConsultationReceived, office: Office) -> None:
    watches = Streams(office.log, watch, office.origin)
    await watches.act(
        fact.case_id, begin, case_id=fact.case_id, counter=fact.counter, on=fact.occurred_on
    )


def tell(event: Event) -> WatchBegun | None:
    if isinstance(event, Begun):
        return WatchBegun(case_id=event.case_id, counter=event.counter, occurred_on=event.begun_on)
    return None


def keep(batch: Sequence[Entry]) -> Iterator[Write]:
    if begun := [r.event.model_dump() for r in batch if isinstance(r.event, Begun)]:
        yield Write(_BEGUN, begun)


@pages.get("", rule=AccessRule("見守り", frozenset({Role.NURSE})))
async def show(request: Request, office: Annotated[Office, Depends(desk_of)]) -> Response:
    rows = await office.db.fetch("SELECT counter, count(*) FROM watches GROUP BY 1 ORDER BY 1")
    return render(request, "watches.html", [tuple(row) for row in rows])


_BEGUN = """
INSERT INTO watches SELECT n.* FROM json_to_recordset($1) AS n(case_id uuid, counter text)
"""

watching = Service(
    team=TEAM,
    title="見守り",
    folder=Path(__file__).parent,
    routers=(pages,),
    desk=lambda office: office,
    deciders=(watch,),
    tell=tell,
    reactions=reactions,
    reads=(ReadModel("watches", ("watches",), keep),),
)
