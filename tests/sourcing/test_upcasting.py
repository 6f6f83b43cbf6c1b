"""An event that was stored in another shape is read in today's; what is personal stays sealed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from shared.privacy.personal import Personal
from shared.sourcing.decider import Decider, Event
from shared.sourcing.ids import new_id
from shared.sourcing.log import Origin
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams
from tests.sourcing.errand import Closed, Counted, errand, open_errand

pytestmark = pytest.mark.anyio


class Opened(Event):
    """Today's shape: the day has another name, and how somebody came is asked."""

    case_id: UUID
    who: Personal[str] = None
    began_on: date
    channel: str


@dataclass(frozen=True)
class Today:
    who: str | None = None
    began_on: date | None = None
    channel: str = ""


def evolve(state: Today, event: Any) -> Today:
    if isinstance(event, Opened):
        return replace(state, who=event.who, began_on=event.began_on, channel=event.channel)
    return state


def upcast(data: dict[str, Any]) -> dict[str, Any]:
    if "began_on" in data:
        return data
    kept = {name: value for name, value in data.items() if name != "opened_on"}
    return kept | {"began_on": data["opened_on"], "channel": "unknown"}


TODAY: Decider[Today, Any] = Decider(
    "errand", Today(), evolve, (Opened, Counted, Closed), {"Opened": upcast}
)


def open_now(_state: Today, *, case_id: UUID, who: str) -> list[Opened]:
    return [Opened(case_id=case_id, who=who, began_on=date(2026, 5, 1), channel="visit")]


async def test_an_event_of_yesterday_is_read_as_today_with_its_personal_field(
    store: Store,
) -> None:
    old, new = new_id(), new_id()
    await Streams(store, errand, Origin("test")).start(
        old, open_errand, case_id=old, who="架空 花子"
    )
    today = Streams(store, TODAY, Origin("test"))
    await today.start(new, open_now, case_id=new, who="架空 太郎")
    assert await today.state(old) == Today("架空 花子", date(2026, 4, 1), "unknown")
    assert await today.state(new) == Today("架空 太郎", date(2026, 5, 1), "visit")
    await store.forget(old)
    assert await today.state(old) == Today(None, date(2026, 4, 1), "unknown")
    stored = await store.pool.fetchval("SELECT data FROM events WHERE stream = $1", old)
    assert b"opened_on" in stored, "what is stored is never rewritten"
