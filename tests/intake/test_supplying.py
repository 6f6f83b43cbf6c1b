"""支援会議に渡す (T-03): escalated without a ground, called to a 支援会議, handed over on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from services.intake.domain.consultation import (
    CalledToMeeting,
    Consultation,
    Escalated,
    MeetingCalledOff,
    PartHandedOver,
    consultation,
)
from services.intake.domain.escalating import escalate
from services.intake.domain.ground import Ground, firm
from services.intake.domain.supplying import hand_over, note_call, note_call_off
from services.intake.published import handovers, tell
from shared.contracts.coordination import (
    EscalationAccepted,
    SupportMeetingCalled,
    SupportMeetingCalledOff,
)
from shared.sourcing.decider import Refused
from tests.given import scenario
from tests.intake.conftest import COORDINATOR, OTHER_CLERK, Client, Running
from tests.intake.examples import (
    CONSULTATION,
    FIRST,
    HANDOVER,
    SECOND,
    SHEET,
    TODAY,
    escalated,
    received,
    taken_back,
)
from tests.intake.screens import ESCALATION, page, receive
from tests.intake.test_reactions import hear

given = scenario(consultation)
MEETING, CALL, NEXT_CALL = UUID(int=0x41), UUID(int=0x51), UUID(int=0x52)
ASKED = Ground("support-meeting-asked", "")
AT_MEETING = Ground("support-meeting", str(MEETING))


def asked() -> Escalated:
    """Its codes, and nobody."""
    of_person = ("name", "kana", "born_on", "phone", "address", "narrative", "wishes", "file")
    nobody = dict.fromkeys((*of_person, "basis_reference"))
    return escalated().model_copy(update=nobody | {"basis": "support-meeting-asked"})


def called(call_id: UUID = CALL) -> CalledToMeeting:
    return CalledToMeeting(
        consultation_id=CONSULTATION,
        escalation_id=FIRST,
        meeting_id=MEETING,
        call_id=call_id,
        called_on=TODAY,
    )


def called_off() -> MeetingCalledOff:
    return MeetingCalledOff(consultation_id=CONSULTATION, call_id=CALL, called_off_on=TODAY)


def handed() -> PartHandedOver:
    said = escalated().model_dump(
        include=set(PartHandedOver.model_fields) - {"basis", "basis_reference", "file"}
    )
    return PartHandedOver(
        **said,
        file=escalated().file,
        handed_on=TODAY,
        basis="support-meeting",
        basis_reference=str(MEETING),
    )


CALLING: dict[str, Any] = {
    "escalation_id": FIRST,
    "meeting_id": MEETING,
    "call_id": CALL,
    "on": TODAY,
}
HANDING: dict[str, Any] = {"ground": AT_MEETING, "on": TODAY}


def test_without_a_ground_the_codes_go_and_nobody_with_them() -> None:
    given(received()).when(
        escalate,
        escalation_id=FIRST,
        handover_id=HANDOVER,
        reasons=("complex",),
        ground=ASKED,
        on=TODAY,
        today=TODAY,
    ).then(asked())
    assert handovers(asked()) is None
    assert tell(asked()) == tell(escalated()).model_copy(  # type: ignore[union-attr]  # it is told
        update={"basis": "support-meeting-asked"}
    )


def test_to_ask_for_a_meeting_is_no_ground_to_pass_anything_on() -> None:
    with pytest.raises(Refused, match="basis-missing"):
        firm(Ground("support-meeting-asked", "x"), TODAY)


def test_a_call_is_noted_once_also_when_it_comes_late() -> None:
    given(received(), asked()).when(note_call, **CALLING).then(called())
    given(received(), asked(), called(), called_off()).when(note_call, **CALLING).then_nothing()


def test_a_call_that_fits_nothing_changes_nothing() -> None:
    given().when(note_call, **CALLING).then_nothing()
    given(received(), escalated()).when(note_call, **CALLING).then_nothing()
    given(received(), asked(), taken_back()).when(note_call, **CALLING).then_nothing()
    older = CALLING | {"escalation_id": SECOND}
    given(received(), asked()).when(note_call, **older).then_nothing()


def test_a_meeting_called_off_takes_the_offer_back() -> None:
    off: dict[str, Any] = {"call_id": CALL, "on": TODAY}
    given(received(), asked(), called()).when(note_call_off, **off).then(called_off())
    given(received(), asked()).when(note_call_off, **off).then_nothing()
    given(received(), asked(), called(), handed()).when(note_call_off, **off).then_nothing()
    given(received(), asked(), called(), called_off()).when(hand_over, **HANDING).then_refused(
        "not-called-to-meeting"
    )


def test_called_to_the_meeting_the_person_is_handed_over_on_it() -> None:
    given(received(), asked(), called()).when(hand_over, **HANDING).then(handed())
    again = [asked(), called(), called_off(), called(NEXT_CALL)]
    given(received(), *again).when(hand_over, **HANDING).then(handed())
    sent = handovers(handed())
    assert sent
    assert (sent.handover_id, sent.basis.kind) == (HANDOVER, "support-meeting")
    assert (sent.basis.reference, sent.personal.name) == (str(MEETING), SHEET.name)


def test_a_meeting_nobody_called_is_no_ground() -> None:
    given(received(), asked()).when(hand_over, **HANDING).then_refused("not-called-to-meeting")
    invented = HANDING | {"ground": Ground("support-meeting", "1")}
    given(received(), asked(), called()).when(hand_over, **invented).then_refused(
        "not-called-to-meeting"
    )


def test_a_consent_that_came_meanwhile_is_one() -> None:
    state: Consultation = consultation.fold([received(), asked()])
    [event] = hand_over(state, ground=Ground("consent", "2026-11-20"), on=TODAY)
    assert isinstance(event, PartHandedOver)
    assert event.basis == "consent"


def test_what_does_not_wait_is_not_handed_over() -> None:
    given().when(hand_over, **HANDING).then_refused("consultation-unknown")
    given(received()).when(hand_over, **HANDING).then_refused("nothing-to-hand-over")
    given(received(), escalated()).when(hand_over, **HANDING).then_refused("nothing-to-hand-over")
    back = [asked(), called(), taken_back()]
    given(received(), *back).when(hand_over, **HANDING).then_refused("nothing-to-hand-over")


async def escalate_without_ground(clerk: Client) -> tuple[str, dict[str, Any]]:
    """Where the consultation is, and what it is as JSON."""
    where = await receive(clerk)
    typed = ESCALATION | {"basis": "support-meeting-asked", "consent_on": ""}
    assert (await clerk.post(f"{where}/escalation", data=typed)).status_code == 303
    shown = await clerk.get(where.split("?")[0].replace("/intake/", "/intake/api/"))
    return where.split("?")[0], shown.json()


async def sent(running: Running) -> int:
    count: int = await running.host.store.pool.fetchval("SELECT count(*) FROM handovers")
    return count


async def test_the_form_asks_for_a_meeting_instead_of_a_number(clerk: Client) -> None:
    where = await receive(clerk)
    form = await page(clerk, f"{where}/escalation")
    assert "まだない（支援会議を求める）" in form
    assert 'name="meeting"' not in form
    assert 'name="meeting"' in await page(clerk, f"{where}/referral"), "there it is known"


async def test_the_offer_comes_with_the_call_and_goes_with_it(
    running: Running, clerk: Client
) -> None:
    where, shown = await escalate_without_ground(clerk)
    [row] = shown["escalations"]
    assert await sent(running) == 0
    assert "お名前や記録はまだ渡していません" in await page(clerk, where)
    about: dict[str, Any] = {
        "occurred_on": TODAY,
        "case_id": shown["case_id"],
        "escalation_id": row["escalation_id"],
        "meeting_id": MEETING,
    }
    first = SupportMeetingCalled(**about, call_id=CALL, counter="C-01")
    await hear(running, first)
    assert f'value="{MEETING}"' in await page(clerk, where)
    await hear(running, SupportMeetingCalledOff(**about, call_id=CALL))
    await hear(running, first.model_copy(update={"counter": "C-02"}))
    assert f'value="{MEETING}"' not in await page(clerk, where), "a late copy offers nothing"
    refused = await clerk.post(f"{where}/handover", data={"meeting_id": str(MEETING)})
    assert refused.status_code == 409
    assert await sent(running) == 0
    await hear(running, SupportMeetingCalled(**about, call_id=NEXT_CALL, counter="C-01"))
    handed = await clerk.post(f"{where}/handover", data={"meeting_id": str(MEETING)})
    assert handed.status_code == 303
    assert await sent(running) == 1
    text = await page(clerk, where)
    assert "お名前と記録を多機関協働に渡しました" in text
    assert f'value="{MEETING}"' not in text


async def test_only_the_counter_that_has_the_person_names_them(
    running: Running, clerk: Client
) -> None:
    where, shown = await escalate_without_ground(clerk)
    accepted = EscalationAccepted(
        occurred_on=TODAY,
        case_id=shown["case_id"],
        escalation_id=shown["escalations"][0]["escalation_id"],
    )
    await hear(running, accepted)
    async with running.as_(COORDINATOR) as coordinator:
        assert "架空 花子" not in await page(coordinator, where)
        assert "架空 花子" not in await page(coordinator, "/intake?q=花子")
    async with running.as_(OTHER_CLERK) as other:
        asked_for = {"meeting_id": str(MEETING)}
        refused = await other.post(f"{where}/handover", data=asked_for)
    assert refused.status_code == 409
    assert "この相談を受け付けた窓口" in refused.text


async def test_another_ground_may_come_by_json(running: Running, clerk: Client) -> None:
    where, _ = await escalate_without_ground(clerk)
    path = where.replace("/intake/", "/intake/api/") + "/handover"
    nothing = await clerk.post(path, json={"basis": {"kind": "consent", "reference": ""}})
    assert nothing.status_code in (409, 422)
    consent = {"basis": {"kind": "consent", "reference": "2026-11-23"}}
    assert (await clerk.post(path, json=consent)).status_code == 201
    assert await sent(running) == 1
    async with running.as_(COORDINATOR) as coordinator:
        assert "架空 花子" in await page(coordinator, where)
