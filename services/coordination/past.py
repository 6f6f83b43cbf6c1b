"""A case as it was known at the end of a past day (F-31)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, TypeAlias, TypeVar
from uuid import UUID

from fastapi import Query
from starlette.requests import Request

from services.coordination.desk import Desk, open_desk
from services.coordination.planning import streams_of_plans
from shared.casefile.progress import progress_of
from shared.runtime.clock import CITY_TIME, Clock
from shared.runtime.office import Office
from shared.sourcing.decider import Refused
from shared.sourcing.log import Origin
from shared.sourcing.past import past
from shared.vocabulary.wareki import parse_date

if TYPE_CHECKING:
    from shared.runtime.host import Host

EARLIEST = date(2020, 4, 1)
"""Before any city's programme: nothing was recorded."""


@asynccontextmanager
async def desk_as_of(request: Request, desk: Desk, case_id: UUID, on: date) -> AsyncIterator[Desk]:
    """A desk that reads what was recorded of this case until the end of that day, and its day is
    that day.
    """
    if not EARLIEST <= on < desk.clock.today():
        raise Refused("not-a-past-day")
    host: Host = request.app.state.host
    until = datetime.combine(on + timedelta(days=1), time(), CITY_TIME)
    streams = [case_id, progress_of(case_id), *streams_of_plans(case_id)]
    streams += [row[0] for row in await desk.db.fetch(_STREAMS, case_id)]
    async with past(host.store, host.service.deciders, streams, until) as then:
        clock = Clock(lambda: until - timedelta(seconds=1))
        origin = Origin(actor=request.state.staff.staff_id)
        office = Office(then, then.db, origin, clock, desk.city, desk.new_id)
        yield replace(open_desk(office), today=desk)


T = TypeVar("T")
AsOf: TypeAlias = Annotated[str, Query(max_length=20)]
"""`?on=R8.8.1`: the end of that day; empty: now."""


async def shown_of(
    request: Request,
    desk: Desk,
    case_id: UUID,
    on: str,
    open_: Callable[[Desk], Awaitable[T]],
) -> T:
    """What `open_` finds today, or with `on` what it would have found at the end of that day."""
    if not on.strip():
        return await open_(desk)
    try:
        day = parse_date(on)
    except ValueError:
        raise Refused("not-a-past-day") from None
    async with desk_as_of(request, desk, case_id, day) as then:
        return await open_(then)


_STREAMS = """
SELECT meeting_id FROM agenda WHERE case_id = $1
UNION SELECT meeting_id FROM called_cases WHERE case_id = $1
UNION SELECT inquiry_id FROM inquiries WHERE case_id = $1
UNION SELECT handover_id FROM handed_over WHERE case_id = $1
"""
