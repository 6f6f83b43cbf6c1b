"""The list page by page, and the queue without an end (F-01, F-07, N-04)."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from services.coordination.domain.case import case
from services.coordination.domain.escalation import accept, take_in
from services.coordination.domain.way import next_step
from services.coordination.listing import page_of
from services.coordination.read.cases import (
    PLACES,
    cases_due,
    cases_in,
    cases_where,
    counts_by_phase,
)
from services.coordination.read.inquiries import inquiries_until
from services.coordination.read.queued import contacts_promised
from shared.privacy.access import Role
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams
from tests.coordination.examples import CASE, REVIEW, TODAY, escalated, uid
from tests.coordination.test_lists import COORDINATOR, NOW, lead_to_a_plan, store
from tests.coordination.test_pages import Office, office, post

__all__ = ["office", "store"]


async def several(store: Store, number: int) -> None:
    """Open cases, each waiting for its paper."""
    streams = Streams(store, case, COORDINATOR)
    for n in range(number):
        about = {"case_id": uid(700 + n), "escalation_id": uid(800 + n)}
        await streams.act(uid(700 + n), take_in, escalated=escalated().model_copy(update=about))
        await streams.act(uid(700 + n), accept, escalation_id=uid(800 + n), **NOW)


async def test_pages_follow_each_other_without_a_gap(store: Store) -> None:
    await lead_to_a_plan(store)
    await several(store, 5)
    async with store.pool.acquire() as db:
        for step, number in (("", 6), ("application", 5), ("follow", 1), ("resume", 0)):
            seen = []
            for skip in range(0, 8, 2):
                page = await page_of(db, {}, step, TODAY, skip, 2)
                assert len(page) <= 2
                seen += [row.case_id for row in page]
            assert len(seen) == len(set(seen)) == number, step
        assert await page_of(db, {}, "nonsense", TODAY, 0, 2) == []
        assert (await counts_by_phase(db))["open"] == 6


async def test_what_is_due_is_read_whole_and_what_rests_is_not(store: Store) -> None:
    await lead_to_a_plan(store)
    await several(store, 3)
    async with store.pool.acquire() as db:
        assert CASE not in {row.case_id for row in await cases_due(db, REVIEW - timedelta(1))}
        assert len(await cases_due(db, REVIEW)) == 4


async def test_the_list_is_narrowed_on_the_screen(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        there = "/coordination?phase=waiting&step=decide&q=かくう"
        assert "架空 花子" in (await client.get(there)).text
        await post(client, "acceptance")
        assert "架空 花子" not in (await client.get(there)).text
        for other in ("phase=open", "district=", "agency=C-01", "sort=age", "step=application"):
            assert "架空 花子" in (await client.get(f"/coordination?{other}")).text, other
        for other in ("phase=closed", "district=nd-tasai", "agency=C-02", "page=2"):
            assert "架空 花子" not in (await client.get(f"/coordination?{other}")).text, other
        found = await client.get("/coordination/api/cases?step=application&most=1")
        assert [one["next_step"] for one in found.json()] == ["application"]
    async with office.client(Role.MANAGER, "C-08") as manager:
        assert "架空" not in (await manager.get("/coordination?q=花子")).text.replace("value=", "")


_DAYS = (None, TODAY - timedelta(1), TODAY, TODAY + timedelta(1))


async def test_the_steps_of_resting_cases_are_found_as_the_way_says(store: Store) -> None:
    """Every standing of a case that is not open: SQL and `domain/way.py` answer alike."""
    ways = itertools.product(("waiting", "returned", "closed"), _DAYS, _DAYS, _DAYS)
    standings = [
        (uid(9000 + n), phase, waiting, came, look)
        for n, (phase, waiting, came, look) in enumerate(ways)
        if (phase != "waiting") or waiting
    ]
    async with store.pool.acquire() as db:
        await db.executemany(_STANDING, standings)
        rows = await cases_in(db, [one[0] for one in standings])
        assert len(rows) == len(standings)
        for code in PLACES:
            found = {row.case_id for row in await cases_where(db, at=code, today=TODAY, most=999)}
            assert found == {row.case_id for row in rows if next_step(row, TODAY).code == code}, (
                code
            )
        assert {next_step(row, TODAY).code for row in rows} == set(PLACES)


_STANDING = """
INSERT INTO cases (case_id, phase, counter, age_band, issues, waiting_since, came_back_on, look_on)
VALUES ($1, $2, 'C-01', '40-64', '{}', $3, $4, $5)
"""


async def test_who_referred_a_case_stays_linked_with_it(store: Store) -> None:
    await lead_to_a_plan(store)
    about = {"escalation_id": uid(880), "counter": "C-02"}
    streams = Streams(store, case, COORDINATOR)
    await streams.act(CASE, take_in, escalated=escalated().model_copy(update=about))
    async with store.pool.acquire() as db:
        (row,) = await cases_where(db, linked="C-02")
        assert row.referrers == ["C-01", "C-02"]
        assert row.waiting_since is not None
        assert [one.case_id for one in await cases_where(db, status="waiting")] == [CASE]
        assert await cases_where(db, linked="C-05") == []


async def test_what_is_far_off_is_not_in_the_queue_yet(office: Office) -> None:
    """A 照会 is wanted in the city's days; a promise after the end only when it comes near."""
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        for n in range(2):
            asked = {"agencies": [f"C-0{n + 1}"], "kind": "assessment", "question": "架空の照会"}
            grounds = {"basis": "urgency", "reference": "架空の急ぎ"}
            there = f"/coordination/api/cases/{CASE}/inquiries"
            assert (await client.post(there, json=asked | grounds)).status_code == 201
    async with office.store.pool.acquire() as db:
        (one, other) = await inquiries_until(db, None, date.max)
        assert await inquiries_until(db, None, one.answer_by - timedelta(1)) == []
        assert await inquiries_until(db, other.agency, other.answer_by) == [other]
        await db.execute(
            "UPDATE cases SET phase = 'closed', closed_on = $1, contact_every = 'monthly'", TODAY
        )
        every, on = {"monthly": 31, "quarterly": 91}, TODAY + timedelta(31)
        assert [one.case_id for one in await contacts_promised(db, every, on)] == [CASE]
        assert await contacts_promised(db, every, on - timedelta(1)) == []
        assert await contacts_promised(db, {"quarterly": 91}, on) == []


async def test_the_queue_is_read_page_by_page_and_by_district(office: Office) -> None:
    await several(office.store, 60)
    async with office.client(Role.COORDINATOR, "C-08") as client:
        first = (await client.get("/coordination/queue")).text
        second = (await client.get("/coordination/queue?page=2")).text
        every = len((await client.get("/coordination/api/queue")).json())
        assert every > 60
        assert f"すべて {every}件" in first
        assert first.count('class="day"') == 50
        assert 'rel="next"' in first
        assert 'rel="prev"' in second
        assert (await client.get("/coordination/api/queue?district=nd-masuko")).json() == []
        assert (
            "今、やることはありません"
            in (await client.get("/coordination/queue?district=nd-masuko")).text
        )
