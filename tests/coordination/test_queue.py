"""やること: every rule of the queue, and who sees what of it (F-07, N-04)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.coordination import queue
from services.coordination.queue import Due
from services.coordination.read.callings import Calling, TaskRow
from services.coordination.read.cases import CaseRow
from services.coordination.read.inquiries import InquiryRow
from services.coordination.read.queued import ContactWait, RequestWait
from shared.privacy.access import Role
from shared.vocabulary.entries import Deadlines, Interval
from tests.coordination.examples import CASE, MEETING, TODAY, uid
from tests.coordination.test_meeting_pages import MINUTES, called, send
from tests.coordination.test_pages import Office, office, post

__all__ = ["office"]

LIMITS = Deadlines()
OPENED = date(2026, 11, 2)
KNOWN: dict[str, Any] = {
    "case_id": CASE,
    "phase": "open",
    "counter": "C-01",
    "consent": "unknown",
    "opened_on": OPENED,
    "nurse_district": "nd-tasai",
    "running": 0,
    "round": 0,
    "referrers": ["C-01"],
}
NOTHING: dict[str, Any] = dict.fromkeys(CaseRow.__dataclass_fields__)
ROW = CaseRow(**NOTHING | KNOWN)


def days(n: int) -> timedelta:
    return timedelta(days=n)


@pytest.mark.parametrize(
    ("change", "kind", "on"),
    [
        ({"phase": "waiting", "waiting_since": OPENED}, "decide", OPENED + days(7)),
        ({}, "application", OPENED + days(14)),
        ({"applied_on": TODAY}, "consent", TODAY + days(14)),
        (
            {"applied_on": OPENED, "consent": "refused", "consent_on": TODAY},
            "support-meeting",
            TODAY + days(14),
        ),
        (
            {
                "applied_on": OPENED,
                "consent": "refused",
                "consent_on": OPENED,
                "support_meeting_on": TODAY,
            },
            "policy",
            TODAY + days(14),
        ),
        (
            {
                "applied_on": OPENED,
                "consent": "refused",
                "consent_on": OPENED,
                "support_meeting_on": OPENED,
                "policy_review_on": TODAY,
            },
            "policy-review",
            TODAY,
        ),
        (
            {"applied_on": OPENED, "consent": "given", "consent_on": TODAY},
            "meeting",
            TODAY + days(14),
        ),
        (
            {"applied_on": OPENED, "consent": "given", "consent_until": OPENED},
            "consent-again",
            OPENED,
        ),
        (
            {"applied_on": OPENED, "consent": "given", "plan_meeting_on": TODAY},
            "plan",
            TODAY + days(14),
        ),
        (
            {"applied_on": OPENED, "consent": "given", "plan_id": uid(5), "review_on": OPENED},
            "review",
            OPENED,
        ),
        ({"phase": "closed", "came_back_on": TODAY}, "resume", TODAY + days(1)),
    ],
)
def test_the_next_step_is_due(change: dict[str, Any], kind: str, on: date) -> None:
    (found,) = queue.of_cases([replace(ROW, **change)], LIMITS, TODAY)
    assert (found.kind, found.on, found.case_id) == (kind, on, CASE)


def test_what_runs_or_rests_is_not_due() -> None:
    follows = {"consent": "given", "plan_id": uid(5), "review_on": TODAY + days(30)}
    for change in ({"applied_on": OPENED, **follows}, {"phase": "closed"}, {"phase": "returned"}):
        assert list(queue.of_cases([replace(ROW, **change)], LIMITS, TODAY)) == []


def test_a_case_without_a_nurse_is_said() -> None:
    found = list(queue.of_cases([replace(ROW, nurse_district=None)], LIMITS, TODAY))
    assert [one.kind for one in found] == ["application", "no-nurse"]


def test_the_others_rules() -> None:
    asked = InquiryRow(
        uid(1), CASE, "report", "C-01", "consent", None, "asked", OPENED, TODAY, None, None
    )
    (late,) = queue.of_inquiries([asked, replace(asked, stage="answered")])
    assert (late.on, late.agency) == (TODAY, "C-01")
    task = TaskRow(uid(2), MEETING, CASE, "C-01", OPENED, TODAY, None, "plan-meeting")
    assert [one.on for one in queue.of_tasks([task])] == [TODAY]
    meeting = Calling(MEETING, "plan-meeting", TODAY, "", "", "called", [], [], [], [])
    assert [one.on for one in queue.of_meetings([meeting])] == [TODAY]
    asleep = RequestWait(CASE, "outreach", OPENED, None)
    (silent,) = queue.of_requests([asleep], LIMITS)
    assert silent.on == OPENED + days(30)
    (moving,) = queue.of_requests([replace(asleep, last_on=TODAY)], LIMITS)
    assert moving.on == TODAY + days(30)


def test_a_promise_after_the_end_is_kept_until_its_last_day() -> None:
    every = [Interval(code="monthly", label="毎月", days=31), Interval(code="free", label="随時")]
    wait = ContactWait(CASE, "monthly", None, OPENED, None, "C-01")
    (first,) = queue.of_closed([wait], every)
    assert first.on == OPENED + days(31)
    (next_,) = queue.of_closed([replace(wait, shared_on=TODAY)], every)
    assert next_.on == TODAY + days(31)
    assert list(queue.of_closed([replace(wait, contact_until=TODAY)], every)) == []
    assert list(queue.of_closed([replace(wait, contact_every="free")], every)) == []


def test_how_late_it_is() -> None:
    states = [Due(TODAY + days(n), "x", "", "").state(TODAY) for n in (-1, 0, 7, 8)]
    assert states == ["late", "today", "soon", "later"]


async def test_everybody_sees_what_concerns_them(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        await post(client, "consent", answer="given")
        meeting = await called(client, "plan-meeting")
        await send(client, f"{meeting}/members", agencies=["C-01"])
        await send(client, f"{meeting}/minutes", **MINUTES)
        page = (await client.get("/coordination/queue")).text
        for said in (
            "申込票がまだありません",
            "会議で決めたアクション",
            "地区担当の保健師が決まっていません",
        ):
            assert said in page
        mine = (await client.get("/coordination/api/queue?scope=mine")).json()
        assert "task" not in {one["kind"] for one in mine}
        others = (await client.get("/coordination/api/queue?scope=others")).json()
        assert {one["kind"] for one in others} == {"task"}
    async with office.client(Role.COUNTER, "C-01") as member:
        found = (await member.get("/coordination/api/queue")).json()
        assert {one["kind"] for one in found} == {"task"}
    async with office.client(Role.COUNTER, "C-05") as other:
        assert (await other.get("/coordination/api/queue")).json() == []
        assert "今、やることはありません" in (await other.get("/coordination/queue")).text
    async with office.client(Role.NURSE, "C-08", "nd-higashi") as nurse:
        found = (await nurse.get("/coordination/api/queue")).json()
        assert "no-paper" in {one["kind"] for one in found}, "no nurse has the case yet"
