"""紹介元を支援会議に呼ぶ (T-03): an escalation without a ground, until its person can be named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx2
import pytest

from services.coordination.domain.case import case
from services.coordination.domain.escalation import take_in
from services.coordination.domain.events import Escalated
from services.coordination.domain.meeting import Meeting
from services.coordination.domain.summons import (
    ReferrerCalled,
    ReferrerLetGo,
    follow,
    sits_about,
    summons,
)
from shared.privacy.access import Role
from shared.sourcing.streams import Streams
from tests.coordination.examples import (
    CASE,
    ESCALATION,
    OTHER_CASE,
    SECOND_ESCALATION,
    SUPPORT_MEETING,
    TODAY,
    escalated,
    uid,
)
from tests.coordination.test_lists import COORDINATOR
from tests.coordination.test_pages import Office, office
from tests.given import scenario

__all__ = ["office"]

given = scenario(summons)
MEETINGS = "/coordination/api/meetings"
NAMELESS = uid(3)
"""A case of which only the codes have come."""


def asked() -> Escalated:
    return escalated().model_copy(update={"basis": "support-meeting-asked"})


def call_id(made: int = 0) -> UUID:
    return uuid5(ESCALATION, f"{SUPPORT_MEETING} {made}")


def called(made: int = 0) -> ReferrerCalled:
    return ReferrerCalled(
        case_id=CASE,
        escalation_id=ESCALATION,
        meeting_id=SUPPORT_MEETING,
        call_id=call_id(made),
        counter="C-01",
        called_on=TODAY,
    )


def let_go() -> ReferrerLetGo:
    return ReferrerLetGo(
        case_id=CASE,
        escalation_id=ESCALATION,
        meeting_id=SUPPORT_MEETING,
        call_id=call_id(),
        let_go_on=TODAY,
    )


def test_the_referrer_is_called_and_let_go_as_the_meeting_says() -> None:
    about: dict[str, Any] = {"escalated": asked(), "meeting_id": SUPPORT_MEETING, "on": TODAY}
    given().when(follow, sits=True, **about).then(called())
    given().when(follow, sits=False, **about).then_nothing()
    given(called()).when(follow, sits=False, **about).then(let_go())
    given(called(), let_go()).when(follow, sits=True, **about).then(called(1))


SITS = Meeting(kind="support-meeting", agenda=frozenset({CASE}), invited=frozenset({"C-01"}))
HELD = replace(SITS, held_on=TODAY)


@pytest.mark.parametrize(
    ("meeting", "sits"),
    [
        (SITS, True),
        (replace(SITS, kind="plan-meeting"), False),
        (replace(SITS, called_off=True), False),
        (replace(SITS, agenda=frozenset({OTHER_CASE})), False),
        (replace(SITS, invited=frozenset({"C-08"})), False),
        (HELD, False),
        (replace(HELD, cases=frozenset({CASE}), members=frozenset({"C-01"})), True),
        (replace(HELD, cases=frozenset({CASE}), members=frozenset({"C-08"})), False),
    ],
)
def test_what_makes_a_meeting_the_ground(meeting: Meeting, sits: bool) -> None:
    assert sits_about(meeting, CASE, "C-01") is sits


async def waits(office: Office) -> None:
    event = asked().model_copy(
        update={
            "case_id": NAMELESS,
            "escalation_id": SECOND_ESCALATION,
            "handover_id": uid(29),
            "nurse_district": None,
        }
    )
    await Streams(office.store, case, COORDINATOR).act(NAMELESS, take_in, escalated=event)


async def send(client: httpx2.AsyncClient, path: str, /, **body: Any) -> Any:
    headers = {"Idempotency-Key": str(uuid4())}
    answer = await client.post(f"{MEETINGS}{path}", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def told(office: Office) -> list[str]:
    rows = await office.store.pool.fetch(
        "SELECT type FROM facts WHERE type LIKE 'SupportMeeting%' ORDER BY position"
    )
    return [row["type"] for row in rows]


SITTING: dict[str, Any] = {"kind": "support-meeting", "planned_on": "2026-11-30", "place": "庁舎"}


async def test_called_and_called_off_is_told_as_the_meeting_changes(office: Office) -> None:
    await waits(office)
    async with office.client(Role.COORDINATOR, "C-08") as client:
        meeting = (await send(client, "", **SITTING, cases=[str(NAMELESS), str(CASE)]))["id"]
        assert await told(office) == [], "the referring counter is no member yet"
        await send(client, f"/{meeting}/members", agencies=["C-01"])
        assert await told(office) == ["SupportMeetingCalled"], "the case with a name needs none"
        await send(client, f"/{meeting}/excused", agency="C-01")
        await send(client, f"/{meeting}/members", agencies=["C-01"])
        off = await client.delete(f"{MEETINGS}/{meeting}/agenda/{NAMELESS}")
        assert off.status_code == 200, off.text
        await send(client, f"/{meeting}/agenda", case_id=str(NAMELESS))
        await send(client, f"/{meeting}/cancellation")
    assert await told(office) == ["SupportMeetingCalled", "SupportMeetingCalledOff"] * 3


async def test_a_meeting_that_was_held_uncalled_is_told_too(office: Office) -> None:
    await waits(office)
    here = f"/coordination/api/cases/{NAMELESS}"
    day = {"on": "2026-11-23"}
    sat = {"kind": "support-meeting", "place": "庁舎", "members": ["C-01"], "secrecy": True}
    async with office.client(Role.COORDINATOR, "C-08") as client:
        assert (await client.post(f"{here}/acceptance", json=day)).status_code == 201
        held = await client.post(f"{here}/meetings", json=day | sat)
        assert held.status_code == 201, held.text
    assert await told(office) == ["SupportMeetingCalled"]


async def test_the_page_leads_to_the_meeting(office: Office) -> None:
    await waits(office)
    where = f"/coordination/cases/{NAMELESS}"
    html = {"Accept": "text/html"}
    async with office.client(Role.COORDINATOR, "C-08") as client:
        waiting = (await client.get(where, headers=html)).text
        assert "お名前はまだ届いていません。支援会議を開くと、紹介元から届きます。" in waiting
        day = {"on": "2026-11-23"}
        accepted = await client.post(f"/coordination/api/cases/{NAMELESS}/acceptance", json=day)
        assert accepted.status_code == 201
        page = (await client.get(where, headers=html)).text
        assert "支援会議を招集し、紹介元の窓口を呼ぶ" in page
        assert f"/coordination/meetings/new?case={NAMELESS}" in page
        assert f"{where}/meetings/new" in page
        named = (await client.get(f"/coordination/cases/{CASE}", headers=html)).text
        assert "お名前はまだ届いていません" not in named
