"""The list page by page, and the queue without an end (F-01, F-07, N-04)."""

from __future__ import annotations

from datetime import timedelta

from services.coordination.domain.case import case
from services.coordination.domain.escalation import accept, take_in
from services.coordination.listing import page_of
from services.coordination.read.cases import cases_due, counts_by_phase
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
