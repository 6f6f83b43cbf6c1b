"""Leads and rounds on a real PostgreSQL: lists, erasure in time, and erasure with the case."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.outreach.domain.lead import ContactNote, contact, join, lead, notice
from services.outreach.domain.proposing import propose
from services.outreach.domain.round import call_off, make, plan, round_
from services.outreach.erasing import erase, erase_due
from services.outreach.published import tell
from services.outreach.read.leads import lead_row, leads, leads_due, leads_in, leads_of_round
from services.outreach.read.requests import requests
from services.outreach.read.rounds import rounds, rounds_made, rounds_planned
from shared.casefile.tables import case_standing, handed_over
from shared.sourcing.log import Origin
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams
from tests.casefile.opened import opened, rows
from tests.outreach.examples import CASE, REQUEST, TODAY, YESTERDAY
from tests.outreach.lead_examples import CONTACT, DAYS, LEAD, PROPOSAL, ROUND, TIP, WANTED
from tests.rereading import write_again

NURSE = Origin(actor="nurse-1", agency="C-08")
READS = (handed_over, case_standing, requests, leads, rounds)
NOTE = ContactNote(method="home-visit", met=True, name="架空 花子", reaction="会釈を返された")


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    async with opened(database, "outreach", tell, READS) as store:
        yield store


async def noticed(store: Store, lead_id: UUID = LEAD, **changed: Any) -> Streams[Any, Any]:
    streams = Streams(store, lead, NURSE)
    known: dict[str, Any] = {"tip": TIP, "on": YESTERDAY, "today": YESTERDAY, "days": DAYS}
    where: dict[str, Any] = {"catchment": "ca-tobu", "nurse_district": "nd-tasai"}
    await streams.act(lead_id, notice, lead_id=lead_id, **where, **known | changed)
    return streams


async def test_the_name_that_came_later_shows_and_the_lead_stays_longer(store: Store) -> None:
    streams = await noticed(store)
    later = NOTE, TODAY
    earlier = ContactNote(method="letter", met=False), YESTERDAY
    for n, (note, on) in enumerate((later, earlier)):
        await streams.act(
            LEAD, contact, contact_id=UUID(int=n), note=note, on=on, today=TODAY, days=DAYS
        )
    async with store.pool.acquire() as db:
        [row] = await leads_in(db, "open", "nd-tasai")
        assert await leads_in(db, "open", "nd-itsukaichi") == []
    assert (row.name, row.contacts, row.last_on, row.last_met) == ("架空 花子", 2, TODAY, True)
    assert row.keep_until == TODAY + timedelta(days=DAYS)


async def test_only_what_nothing_came_of_is_erased_and_only_once(store: Store) -> None:
    streams = await noticed(store)
    old, kept = UUID(int=71), UUID(int=72)
    await noticed(store, old, days=1)
    await noticed(store, kept, days=1)
    await streams.act(kept, join, request_id=REQUEST, case_id=CASE, on=TODAY, today=TODAY)
    day = date(2026, 11, 24)
    assert await erase_due(store, TODAY) == []
    assert await erase_due(store, day) == [old]
    assert await erase_due(store, day) == []
    async with store.pool.acquire() as db:
        [gone] = await leads_in(db, "expired")
        [still] = await leads_in(db, "joined")
        assert await leads_due(db, day) == []
    assert (gone.place, gone.town, gone.expired_on) == (None, None, day)
    assert (gone.source, gone.nurse_district) == ("shop", "nd-tasai"), "codes and days stay"
    assert still.place == TIP.place
    first = (await streams.history(old))[0].event
    assert (first.story, first.teller, first.place) == (None, None, None)
    assert (await streams.history(LEAD))[0].event.story == TIP.story


async def test_an_erasure_that_was_cut_short_is_finished(store: Store) -> None:
    await noticed(store, days=1)
    await store.forget(LEAD)
    assert await erase_due(store, date(2026, 11, 24)) == [LEAD]
    async with store.pool.acquire() as db:
        row = await lead_row(db, LEAD)
    assert row is not None
    assert row.expired_on == date(2026, 11, 24)


async def test_what_somebody_joined_at_that_moment_keeps_its_key(store: Store) -> None:
    """The list is a moment old: the rule is asked of the stream, and the next lead follows."""
    streams = await noticed(store, days=1)
    other = UUID(int=73)
    await noticed(store, other, days=1)
    await streams.act(LEAD, join, request_id=REQUEST, case_id=CASE, on=TODAY, today=TODAY)
    due = [LEAD, UUID(int=74), other]
    assert await erase(store, due, date(2026, 11, 24)) == [other]
    assert (await streams.history(LEAD))[0].event.story == TIP.story
    assert (await streams.history(other))[0].event.story is None


async def test_a_proposal_waits_since_its_day(store: Store) -> None:
    streams = await noticed(store)
    await streams.act(LEAD, propose, proposal_id=PROPOSAL, proposal=WANTED, on=TODAY, today=TODAY)
    async with store.pool.acquire() as db:
        [row] = await leads_in(db, "proposed")
    assert row.proposed_on == TODAY


async def test_forgetting_the_case_reaches_what_was_told_before_it(store: Store) -> None:
    streams = await noticed(store)
    await streams.act(LEAD, join, request_id=REQUEST, case_id=CASE, on=TODAY, today=TODAY)
    assert await store.forget(CASE) == {CASE, LEAD}
    async with store.pool.acquire() as db:
        row = await lead_row(db, LEAD)
    assert row is not None
    assert (row.place, row.town, row.name) == (None, None, None)
    assert (await streams.history(LEAD))[0].event.story is None


async def test_rounds_show_where_we_go_and_whom_we_noticed(store: Store) -> None:
    streams = Streams(store, round_, NURSE)
    where: dict[str, Any] = {"place": "架空サロン", "nurse_district": "nd-tasai", "today": TODAY}
    other, third = UUID(int=81), UUID(int=82)
    for one in (ROUND, other, third):
        await streams.act(one, plan, round_id=one, on=TODAY, **where)
    await streams.act(other, call_off, on=TODAY)
    await streams.act(
        ROUND, make, round_id=ROUND, on=TODAY, gathered=12, heard="買い物に困る", **where
    )
    await noticed(store, tip=replace(TIP, source=None, round_id=ROUND))
    async with store.pool.acquire() as db:
        [made] = await rounds_made(db)
        [waits] = await rounds_planned(db, "nd-tasai")
        assert [row.lead_id for row in await leads_of_round(db, ROUND)] == [LEAD]
    assert (made.gathered, made.leads) == (12, 1)
    assert waits.round_id == third
    assert not waits.is_late(TODAY)
    assert waits.is_late(date(2026, 11, 24))


async def test_replaying_every_event_twice_gives_the_same_rows(store: Store) -> None:
    streams = await noticed(store)
    await streams.act(
        LEAD, contact, contact_id=CONTACT, note=NOTE, on=TODAY, today=TODAY, days=DAYS
    )
    await streams.act(LEAD, join, request_id=REQUEST, case_id=CASE, on=TODAY, today=TODAY)
    before = [await rows(store, table, "1") for table in leads.tables]
    history = await streams.history(LEAD)
    async with store.pool.acquire() as db:
        await db.execute("TRUNCATE leads, lead_contacts")
        for _ in range(2):
            await write_again(db, leads, history)
    assert [await rows(store, table, "1") for table in leads.tables] == before


async def test_nothing_of_a_person_is_stored_in_the_open(store: Store) -> None:
    await noticed(store)
    stored = [str(row) for row in await rows(store, "events", "position")]
    assert not any(
        text in line for line in stored for text in ("青い屋根", "角の商店", "fuchigami")
    )
