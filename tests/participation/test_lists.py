"""Requests and places on a real PostgreSQL: what a nurse sees, in whatever order it was told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from services.participation.domain.correcting import (
    FollowUpNote,
    correct_contact,
    correct_follow_up,
    withdraw_match,
)
from services.participation.domain.following import Ending, conclude, follow_up
from services.participation.domain.place import list_place, place, rename, retire
from services.participation.domain.planning import PlanSheet, plan
from services.participation.domain.request import ask, match_place, request, start
from services.participation.domain.trying import keep_contact
from services.participation.due import due_of
from services.participation.published import tell
from services.participation.read.places import open_places, places
from services.participation.read.requests import (
    RequestRow,
    request_row,
    requests,
    requests_in,
    requests_to_contact,
)
from shared.casefile.tables import case_standing, handed_over
from shared.sourcing.log import Origin
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams
from shared.vocabulary.entries import Deadlines
from tests.casefile.opened import opened, rows
from tests.participation.examples import (
    CARD,
    CASE,
    CORRECTION,
    FOLLOWUP,
    HANDOVER,
    MATCH,
    OPEN_PLACE,
    OTHER_MATCH,
    OTHER_PLACE,
    PLACE,
    PLAN,
    REQUEST,
    TODAY,
    TOMORROW,
    YESTERDAY,
)
from tests.participation.test_proposing import EVERY
from tests.rereading import write_again

NURSE = Origin(actor="nurse-1", agency="C-08")


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    reads = (handed_over, case_standing, requests, places)
    async with opened(database, "participation", tell, reads) as store:
        yield store


async def list_it(store: Store) -> None:
    await Streams(store, place, NURSE).act(
        PLACE,
        list_place,
        resource_id=PLACE,
        card=CARD,
        on=YESTERDAY,
    )


async def follow_through(store: Store) -> None:
    """From the request to the first follow-up."""
    streams = Streams(store, request, NURSE)
    await streams.act(
        REQUEST,
        ask,
        request_id=REQUEST,
        case_id=CASE,
        handover_id=HANDOVER,
        plan_id=None,
        nurse_district="nd-tasai",
        basis="consent",
        on=YESTERDAY,
    )
    await streams.act(REQUEST, start, on=YESTERDAY, today=TODAY)
    assert (await row(store)).step == "plan"
    await streams.act(
        REQUEST, plan, plan_id=PLAN, on=TODAY, today=TODAY, menu="place-to-be", sheet=PlanSheet()
    )
    assert (await row(store)).step == "match"
    await streams.act(
        REQUEST,
        match_place,
        match_id=MATCH,
        resource_id=PLACE,
        place=OPEN_PLACE,
        on=TODAY,
        today=TODAY,
    )
    await streams.act(
        REQUEST,
        follow_up,
        followup_id=FOLLOWUP,
        on=TODAY,
        today=TODAY,
        method="visit",
        relation="stable",
        next_on=date(2026, 12, 7),
    )


async def row(store: Store) -> RequestRow:
    async with store.pool.acquire() as db:
        found = await request_row(db, REQUEST)
    assert found is not None
    return found


async def test_the_list_says_what_comes_next(store: Store) -> None:
    await list_it(store)
    await follow_through(store)
    found = await row(store)
    assert (found.step, found.place, found.relation) == ("follow-up", "草花台会館", "stable")
    assert found.is_late(date(2026, 12, 8))


async def test_a_place_that_closes_asks_for_a_new_match(store: Store) -> None:
    await list_it(store)
    await follow_through(store)
    await Streams(store, place, NURSE).act(
        PLACE, retire, resource_id=PLACE, reason="closed-down", on=TODAY
    )
    async with store.pool.acquire() as db:
        [found] = await requests_in(db, "running")
        assert await open_places(db) == []
    assert (found.step, found.place_retired_on) == ("match", TODAY)


async def test_places_are_found_by_words_and_follow_corrections(store: Store) -> None:
    await list_it(store)
    await follow_through(store)
    await Streams(store, place, NURSE).act(
        PLACE,
        rename,
        correction_id=CORRECTION,
        card=CARD.model_copy(update={"name": "草花台自治会館"}),
    )
    async with store.pool.acquire() as db:
        assert [(p.name, p.guests) for p in await open_places(db, "草花　自治")] == [
            ("草花台自治会館", 1)
        ]
        assert await open_places(db, "100%") == []


async def end(store: Store, ending: Ending) -> None:
    await Streams(store, request, NURSE).act(
        REQUEST, conclude, on=TODAY, today=TODAY, ending=ending
    )


STABLE = Ending("stable", judgement="続けて通えている", contact_every="as-needed")


async def test_who_goes_on_after_the_end_is_a_guest_and_hears_that_the_place_closes(
    store: Store,
) -> None:
    await list_it(store)
    await follow_through(store)
    await end(store, STABLE)
    async with store.pool.acquire() as db:
        assert [one.guests for one in await open_places(db)] == [1]
        assert await requests_to_contact(db, {"monthly": 31}) == []
    closed: dict[str, Any] = {"resource_id": PLACE, "reason": "closed-down", "on": TOMORROW}
    await Streams(store, place, NURSE).act(PLACE, retire, **closed)
    async with store.pool.acquire() as db:
        found = await requests_to_contact(db, {"monthly": 31})
    [due] = due_of(found, Deadlines(), EVERY)
    assert (due.kind, due.on, due.form) == ("place-closed", TOMORROW, "/contacts/new")
    contact: dict[str, Any] = {
        "contact_id": OTHER_MATCH,
        "on": TOMORROW,
        "today": TOMORROW,
        "note": "元気",
    }
    await Streams(store, request, NURSE).act(REQUEST, keep_contact, **contact)
    async with store.pool.acquire() as db:
        assert await requests_to_contact(db, {"monthly": 31}) == []


async def test_who_left_is_no_guest(store: Store) -> None:
    await list_it(store)
    await follow_through(store)
    await end(store, Ending("moved"))
    async with store.pool.acquire() as db:
        assert [one.guests for one in await open_places(db)] == [0]


async def test_a_promise_is_kept_however_much_ended_since(store: Store) -> None:
    """N-04: of thousands of ended requests, the old one with a promise does not drop out."""
    await list_it(store)
    await follow_through(store)
    await end(store, Ending("declined", contact_every="monthly", contact_until=date(2027, 3, 31)))
    async with store.pool.acquire() as db:
        await db.execute(_ENDED_LATER)
        found = await requests_to_contact(db, {"monthly": 31})
        assert [one.request_id for one in found] == [REQUEST]
        assert REQUEST not in [one.request_id for one in await requests_in(db, "concluded")]
        assert await requests_to_contact(db, {"monthly": 150}) == [], "beyond the last day"
        assert await requests_to_contact(db, {"monthly": 31}, "nd-masuko") == []


_ENDED_LATER = """
INSERT INTO requests (request_id, case_id, handover_id, basis, requested_on, status, concluded_on)
SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'consent', '2026-11-22',
       'concluded', '2026-11-24' FROM generate_series(1, 600)
"""


async def put_right(store: Store) -> None:
    """A follow-up put right, another match withdrawn, the end, and a contact put right."""
    streams = Streams(store, request, NURSE)
    days: dict[str, Any] = {"on": TODAY, "today": TODAY}
    note = FollowUpNote("visit", "wavering")
    await streams.act(
        REQUEST, correct_follow_up, followup_id=FOLLOWUP, edition=1, seen=note, **days
    )
    await streams.act(
        REQUEST,
        match_place,
        match_id=OTHER_MATCH,
        resource_id=OTHER_PLACE,
        place=OPEN_PLACE,
        **days,
    )
    await streams.act(REQUEST, withdraw_match, match_id=OTHER_MATCH, reason="誤り", today=TODAY)
    await end(store, Ending("other-support"))
    late: dict[str, Any] = {"on": TOMORROW, "today": TOMORROW}
    await streams.act(REQUEST, keep_contact, contact_id=CORRECTION, note=None, **late)
    await streams.act(
        REQUEST,
        correct_contact,
        contact_id=CORRECTION,
        edition=1,
        note=None,
        on=TODAY,
        today=TOMORROW,
    )


async def test_what_was_put_right_is_shown_as_it_is_now(store: Store) -> None:
    await list_it(store)
    await follow_through(store)
    await put_right(store)
    found = await row(store)
    assert (found.resource_id, found.matched_on, found.relation) == (PLACE, TODAY, "wavering")
    assert (found.followups, found.contacted_on) == (1, TODAY)


async def test_replaying_every_event_twice_gives_the_same_rows(store: Store) -> None:
    await list_it(store)
    await follow_through(store)
    await put_right(store)
    tables = requests.tables + places.tables
    before = [await rows(store, table, "1") for table in tables]
    history = await Streams(store, request, NURSE).history(REQUEST)
    of_place = await Streams(store, place, NURSE).history(PLACE)
    async with store.pool.acquire() as db:
        await db.execute("TRUNCATE requests, followups, places")
        for _ in range(2):
            await write_again(db, places, of_place)
            await write_again(db, requests, history)
    assert [await rows(store, table, "1") for table in tables] == before
