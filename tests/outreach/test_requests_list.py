"""The list of requests on a real PostgreSQL: order of arrival does not matter, forgetting does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.outreach.domain.linking import link
from services.outreach.domain.request import ask, conclude, request, start, visit
from services.outreach.domain.visiting import correct_visit
from services.outreach.published import tell
from services.outreach.read.requests import request_row, requests, requests_in
from shared.casefile.handover import PersonalPartReceived, handover, receive
from shared.casefile.standing import set_down, standing, standing_id, take_up
from shared.casefile.tables import case_standing, handed_over
from shared.sourcing.log import Origin
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams
from tests.casefile.opened import opened, rows
from tests.outreach.examples import (
    CASE,
    HANDOVER,
    LINK,
    MET,
    REQUEST,
    TODAY,
    TOLD,
    VISIT,
    YESTERDAY,
)
from tests.rereading import write_again

NURSE = Origin(actor="nurse-1", agency="C-08")
PART = PersonalPartReceived(
    handover_id=HANDOVER,
    case_id=CASE,
    from_team="coordination",
    basis="consent",
    received_on=TODAY,
    name="架空 花子",
    kana="かくう はなこ",
    narrative="三年ほど家にいる",
)


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    async with opened(database, "outreach", tell, (handed_over, case_standing, requests)) as store:
        yield store


async def take_request(store: Store, request_id: UUID = REQUEST, on: date = YESTERDAY) -> None:
    await Streams(store, request, NURSE).act(
        request_id,
        ask,
        request_id=request_id,
        case_id=CASE,
        handover_id=HANDOVER,
        plan_id=None,
        nurse_district="nd-tasai",
        basis="consent",
        on=on,
    )


async def take_handover(store: Store) -> None:
    await Streams(store, handover, NURSE).act(HANDOVER, receive, part=PART)


@pytest.mark.parametrize("first", [take_request, take_handover])
async def test_request_and_handover_meet_in_either_order(store: Store, first: Any) -> None:
    await first(store)
    await (take_handover if first is take_request else take_request)(store)
    async with store.pool.acquire() as db:
        [row] = await requests_in(db, "waiting")
    assert (row.request_id, row.name, row.handed_over) == (REQUEST, "架空 花子", True)


async def test_the_list_says_when_somebody_was_last_there(store: Store) -> None:
    await take_request(store)
    streams = Streams(store, request, NURSE)
    await streams.act(REQUEST, start, on=YESTERDAY, today=TODAY)
    await streams.act(REQUEST, visit, visit_id=VISIT, seen=MET, on=TODAY, today=TODAY)
    earlier = replace(MET, met=False, next_on=None)
    await streams.act(REQUEST, visit, visit_id=UUID(int=6), seen=earlier, on=YESTERDAY, today=TODAY)
    await streams.act(REQUEST, link, link_id=LINK, on=TODAY, today=TODAY, made=TOLD)
    async with store.pool.acquire() as db:
        [row] = await requests_in(db, "running")
    assert (row.visits, row.links, row.last_visit_on, row.last_met) == (2, 1, TODAY, True)
    assert row.next_on == date(2026, 12, 1)
    assert row.days_waiting(date(2026, 11, 30)) == 7
    assert not row.is_late(date(2026, 12, 1))
    assert row.is_late(date(2026, 12, 2))
    await streams.act(REQUEST, conclude, on=TODAY, today=TODAY, outcome="linked")
    async with store.pool.acquire() as db:
        assert [r.outcome for r in await requests_in(db, "concluded")] == ["linked"]


async def test_a_closed_case_shows_and_a_resumed_one_no_longer(store: Store) -> None:
    await take_request(store)
    streams = Streams(store, standing, NURSE)
    where, closure = standing_id(CASE), UUID(int=5)
    await streams.act(
        where, set_down, case_id=CASE, closure_id=closure, lead_agency="C-01", on=TODAY
    )
    async with store.pool.acquire() as db:
        row = await request_row(db, REQUEST)
        assert row is not None
        assert (row.case_closed_on, row.lead_agency) == (TODAY, "C-01")
    await streams.act(where, take_up, case_id=CASE, closure_id=closure, on=TODAY)
    async with store.pool.acquire() as db:
        row = await request_row(db, REQUEST)
        assert row is not None
        assert row.case_closed_on is None


async def test_a_forgotten_person_has_no_name_left(store: Store) -> None:
    await take_request(store)
    await take_handover(store)
    await store.forget(CASE)
    async with store.pool.acquire() as db:
        row = await request_row(db, REQUEST)
    assert row is not None
    assert (row.name, row.kana) == (None, None)
    [record] = await store.load(handover, HANDOVER)
    assert (record.event.name, record.event.narrative) == (None, None)


async def test_replaying_every_event_twice_gives_the_same_rows(store: Store) -> None:
    await take_request(store)
    await take_handover(store)
    streams = Streams(store, request, NURSE)
    await streams.act(REQUEST, start, on=YESTERDAY, today=TODAY)
    await streams.act(REQUEST, visit, visit_id=VISIT, seen=MET, on=TODAY, today=TODAY)
    await streams.act(REQUEST, link, link_id=LINK, on=TODAY, today=TODAY, made=TOLD)
    before = [await rows(store, table, "1") for table in requests.tables]
    history = await streams.history(REQUEST)
    async with store.pool.acquire() as db:
        await db.execute("TRUNCATE requests, visits, links")
        for _ in range(2):
            await write_again(db, requests, history)
    assert [await rows(store, table, "1") for table in requests.tables] == before


async def test_of_two_corrections_in_one_batch_the_later_holds(store: Store) -> None:
    """However PostgreSQL goes about it: as a small table is joined, and as a large one."""
    await take_request(store)
    streams = Streams(store, request, NURSE)
    await streams.act(REQUEST, start, on=YESTERDAY, today=TODAY)
    await streams.act(REQUEST, visit, visit_id=VISIT, seen=MET, on=TODAY, today=TODAY)
    for edition, method in ((1, "phone"), (2, "letter")):
        seen = replace(MET, method=method)
        right: dict[str, Any] = {"edition": edition, "seen": seen, "on": TODAY, "today": TODAY}
        await streams.act(REQUEST, correct_visit, visit_id=VISIT, **right)
    before = await rows(store, "visits", "1")
    assert "letter" in before[0]
    history = await streams.history(REQUEST)
    for plan in (
        "SET enable_nestloop = off",
        "SET enable_hashjoin = off; SET enable_mergejoin = off",
    ):
        async with store.pool.acquire() as db:
            await db.execute(f"TRUNCATE requests, visits, links; RESET ALL; {plan}")
            await write_again(db, requests, history)
        assert await rows(store, "visits", "1") == before


async def test_what_is_told_names_no_person(store: Store) -> None:
    await take_request(store)
    await take_handover(store)
    streams = Streams(store, request, NURSE)
    await streams.act(REQUEST, start, on=YESTERDAY, today=TODAY)
    await streams.act(REQUEST, visit, visit_id=VISIT, seen=MET, on=TODAY, today=TODAY)
    told = [str(row) for row in await rows(store, "facts", "position")]
    assert len(told) == 3
    assert not any("花子" in line or "犬" in line for line in told)
    stored = [str(row) for row in await rows(store, "events", "position")]
    assert not any("花子" in line or "犬" in line for line in stored)
