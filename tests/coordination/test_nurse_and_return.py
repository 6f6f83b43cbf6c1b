"""担当の保健師 (G-3, T-11), and a consultation after the end that is not resumed (T-09, F-20)."""

from __future__ import annotations

from typing import Any

from services.coordination.domain import events as e
from services.coordination.domain.case import case
from services.coordination.domain.closing import decline_resumption
from services.coordination.domain.escalation import note_mistake, note_return
from services.coordination.domain.nursing import assign_nurse
from shared.privacy.access import Role
from shared.sourcing.streams import Streams
from tests.coordination.examples import (
    CASE,
    ENDED,
    OPEN,
    TODAY,
    TOMORROW,
    YESTERDAY,
    came_back,
    reopened,
    uid,
)
from tests.coordination.test_inquiring import ASKED, ask, with_consent
from tests.coordination.test_lists import COORDINATOR
from tests.coordination.test_meeting_pages import MINUTES, called, send
from tests.coordination.test_pages import DAY, HERE, Office, office, post
from tests.given import scenario

__all__ = ["office"]

given = scenario(case)
NURSE: dict[str, Any] = {"assignment_id": uid(301), "nurse_district": "nd-masuko"}
NOW: dict[str, Any] = {"on": TODAY, "today": TODAY}
ASSIGNED = e.NurseAssigned(
    case_id=CASE, assignment_id=uid(301), nurse_district="nd-masuko", assigned_on=TODAY
)
CAME = came_back()
NO: dict[str, Any] = {
    "declination_id": uid(305),
    "consultation_id": CAME.consultation_id,
    "reason": "主担当が続ける",
    "on": TOMORROW,
    "today": TOMORROW,
}
DECLINED = e.ResumptionDeclined(
    case_id=CASE,
    declination_id=uid(305),
    consultation_id=CAME.consultation_id,
    declined_on=TOMORROW,
    reason="主担当が続ける",
)
LATER = CAME.model_copy(update={"consultation_id": uid(302)})


def test_a_nurse_joins_an_open_case() -> None:
    given(*OPEN).when(assign_nurse, **NURSE, **NOW).then(ASSIGNED)
    assert case.fold([*OPEN, ASSIGNED]).nurse_district == "nd-masuko"
    given(*OPEN, ASSIGNED).when(
        assign_nurse, **NURSE | {"assignment_id": uid(9)}, **NOW
    ).then_nothing()
    given(*ENDED).when(assign_nurse, **NURSE, **NOW).then_refused("case-closed")
    early = {"on": YESTERDAY, "today": TODAY}
    given(*OPEN).when(assign_nurse, **NURSE, **early).then_refused("before-acceptance")


def test_whoever_came_again_is_looked_at_and_not_resumed() -> None:
    given(*ENDED, CAME).when(decline_resumption, **NO).then(DECLINED)
    given(*ENDED).when(decline_resumption, **NO).then_refused("nobody-came-back")
    given(*ENDED, CAME, LATER).when(decline_resumption, **NO).then_refused("came-back-meanwhile")
    given(*ENDED, CAME).when(decline_resumption, **NO | {"reason": " "}).then_refused(
        "declining-reason-missing"
    )
    given(*ENDED, CAME, reopened()).when(decline_resumption, **NO).then_refused("case-open")
    given(*ENDED, CAME, DECLINED, LATER).when(decline_resumption, **NO).then_nothing()


def test_a_consultation_of_somebody_else_asks_nothing() -> None:
    wrong = {"consultation_id": CAME.consultation_id, "on": TOMORROW}
    mistaken = e.CameBackByMistake(
        case_id=CASE, consultation_id=CAME.consultation_id, mistaken_on=TOMORROW
    )
    given(*ENDED, CAME).when(note_mistake, **wrong).then(mistaken)
    given(*ENDED).when(note_mistake, **wrong).then_nothing()
    given(*ENDED, CAME, reopened()).when(note_mistake, **wrong).then_nothing()
    assert case.fold([*ENDED, CAME, LATER, mistaken]).came_back == (LATER.consultation_id,)


async def test_the_nurse_of_the_district_reads_the_case_from_then_on(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        kinds = {one["kind"] for one in (await client.get("/coordination/api/queue")).json()}
        assert "no-nurse" in kinds
        typed = {"on": DAY, "nurse_district": "nd-masuko", "note": "血圧が高い"}
        assert (await client.get(f"{HERE}/nurse/new")).status_code == 200
        assert (await client.post(f"{HERE}/nurse", data=typed)).status_code == 303
        kinds = {one["kind"] for one in (await client.get("/coordination/api/queue")).json()}
        assert "no-nurse" not in kinds
    async with office.client(Role.NURSE, "C-08", "nd-tasai") as other:
        assert "架空 花子" not in (await other.get(HERE)).text
    async with office.client(Role.NURSE, "C-08", "nd-masuko") as nurse:
        for said in ("架空 花子", "担当の保健師を決めました"):
            assert said in (await nurse.get(HERE)).text


async def test_not_resuming_clears_what_waits_and_is_on_the_timeline(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        await post(client, "closure", lead_agency="C-01", reason="roles-agreed", resume_when="滞納")
        await post(client, "declination", status=409, reason="まだ")
        streams = Streams(office.store, case, COORDINATOR)
        came: dict[str, Any] = {"consultation_id": uid(303), "counter": "C-03", "on": TODAY}
        await streams.act(CASE, note_return, **came)
        assert "再開するかを決める" in (await client.get("/coordination/queue")).text
        shown = (await client.get(f"{HERE}/declination/new")).text
        assert str(uid(303)) in shown
        typed = {"on": DAY, "reason": "包括が続ける", "consultation_id": str(uid(303))}
        assert (await client.post(f"{HERE}/declination", data=typed)).status_code == 303
        assert "再開するかを決める" not in (await client.get("/coordination/queue")).text
        for said in ("再開しないと決めました", "包括が続ける"):
            assert said in (await client.get(HERE)).text
        again = came | {"consultation_id": uid(304)}
        await streams.act(CASE, note_return, **again)
        wrong: dict[str, Any] = {"consultation_id": uid(304), "on": TODAY}
        assert "再開するかを決める" in (await client.get("/coordination/queue")).text
        await streams.act(CASE, note_mistake, **wrong)
        assert "再開するかを決める" not in (await client.get("/coordination/queue")).text


async def test_a_withdrawn_consent_ends_the_questions_that_rest_on_it(office: Office) -> None:
    await with_consent(office)
    inquiry = (await ask(office))[1]["id"]
    async with office.client(Role.COUNTER, "C-07") as asked:
        there = f"/coordination/inquiries/{inquiry}"
        before = (await asked.get(there)).text
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "consent", answer="withdrawn")
        rows = (await client.get("/coordination/api/inquiries")).json()
        assert {one["stage"] for one in rows} == {"dropped"}
    async with office.client(Role.COUNTER, "C-07") as asked:
        after = (await asked.get(there)).text
    assert str(ASKED["question"]) in before
    assert str(ASKED["question"]) not in after


async def test_who_was_given_a_task_opens_the_queue(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        await post(client, "consent", answer="given")
        meeting = await called(client, "plan-meeting")
        await send(client, f"{meeting}/members", agencies=["C-01"])
        await send(client, f"{meeting}/minutes", **MINUTES)
    async with office.client(Role.COMMUNITY, "C-01") as member:
        found = (await member.get("/coordination/api/queue")).json()
        assert [one["kind"] for one in found] == ["task"]
        assert (await member.get("/coordination/queue")).status_code == 200
        assert (await member.get("/coordination")).status_code == 403
