"""やること of a counter: nothing lapses in silence (F-11, N-04, G-3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from services.intake.due import of_referrals_here, of_referrals_sent, of_returned
from services.intake.notices import waiting
from services.intake.read.referrals import ReferralRow
from shared.sourcing.log import Origin
from shared.vocabulary.entries import Deadlines
from shared.vocabulary.notices import Recipient
from tests.intake.conftest import COORDINATOR, OTHER_CLERK, Client, Running
from tests.intake.examples import CONSULTATION, FIRST, TODAY
from tests.intake.screens import SHEET, page, receive
from tests.intake.test_referring import post, send

SENT = ReferralRow(
    *(FIRST, CONSULTATION, "C-01", "C-04", "consent", "sent", date(2026, 11, 1), date(2026, 11, 8)),
    *(None, None, None, None, None),
)
TAKEN = replace(SENT, stage="taken", answered_on=date(2026, 11, 2))


def test_a_referral_is_answered_then_ended() -> None:
    [one] = of_referrals_here([SENT], Deadlines())
    assert (one.kind, one.on, one.days_late(TODAY), one.counter) == (
        *("answer", date(2026, 11, 8), 15, "C-01"),
    )
    [two] = of_referrals_here([TAKEN], Deadlines(silence=10))
    assert (two.kind, two.on) == ("finish", date(2026, 11, 12))


def test_the_sender_minds_only_what_is_late() -> None:
    [one] = of_referrals_sent([SENT], TODAY)
    assert (one.kind, one.counter, one.state(TODAY)) == ("remind", "C-04", "late")
    assert list(of_referrals_sent([SENT], date(2026, 11, 8))) == []
    assert list(of_referrals_sent([TAKEN], TODAY)) == []


def test_nothing_came_back() -> None:
    assert list(of_returned([], Deadlines())) == []


async def kinds(client: Client) -> list[str]:
    found = await client.get("/intake/api/due")
    assert found.status_code == 200, found.text
    return [one["kind"] for one in found.json()]


async def test_an_urgent_consultation_waits_until_something_is_done(
    running: Running, clerk: Client
) -> None:
    assert "今、やることはありません" in await page(clerk, "/intake/due")
    where = await receive(clerk, urgency="urgent")
    text = await page(clerk, "/intake/due")
    assert "緊急の相談です" in text
    assert "架空 花子" in text
    assert await kinds(clerk) == ["urgent"]
    async with running.as_(OTHER_CLERK) as other:
        assert await kinds(other) == []
        referral = await send(clerk, where)
        assert await kinds(other) == ["answer"]
        assert await kinds(clerk) == []
        await post(other, f"{referral}/acceptance")
        assert await kinds(other) == ["finish"]
        await post(other, f"{referral}/return", reason="other-field")
        assert await kinds(other) == []
    assert await kinds(clerk) == ["urgent"]
    calmer = SHEET | {"edition": "1", "urgency": "", "command_id": "s"}
    assert (await clerk.post(f"{where}/sheet", data=calmer)).status_code == 303
    assert await kinds(clerk) == []


async def test_a_town_nobody_knows_is_the_counters_and_one_without_a_nurse_is_c08s(
    running: Running, clerk: Client
) -> None:
    where = await receive(clerk, address="秋留台の集合住宅")
    await receive(clerk, address="小峰台5", name="別野 次郎", kana="", phone="", command_id="two")
    assert await kinds(clerk) == ["town"]
    async with running.as_(COORDINATOR) as coordinator:
        assert await kinds(coordinator) == ["district"]
        assert "別野" not in await page(coordinator, "/intake/due")
    better = SHEET | {"edition": "1", "command_id": "s"}
    assert (await clerk.post(f"{where}/sheet", data=better)).status_code == 303
    assert await kinds(clerk) == []


async def test_the_notice_counts_the_same(running: Running, clerk: Client) -> None:
    await receive(clerk, urgency="urgent")
    host = running.host
    recipient = Recipient(agency="C-01", team="intake", address="madoguchi@city.example")
    async with host.store.pool.acquire() as db:
        desk: Any = host.service.desk(host.office(host.store, db, Origin("notices")))
        found = await waiting(desk, recipient)
    assert (found.late, found.today, found.soon) == (1, 0, 0)
