"""A latent need goes to 多機関協働 and the answer comes back (T-30): rules, screens, facts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from deploy.embedded import Servers
from services.outreach.app import outreach
from services.outreach.domain.lead import expire, join, lead
from services.outreach.domain.proposing import note_answer, propose
from services.outreach.erasing import erase_due
from services.outreach.published import handed
from services.outreach.reactions import note_acceptance, note_return, take_request
from shared.contracts.coordination import EscalationAccepted, EscalationReturned
from shared.runtime.settings import Settings
from tests.casefile.running import NURSE, Client, Running, page, running, send
from tests.given import scenario
from tests.outreach.examples import CASE, REQUEST, TODAY, TOMORROW
from tests.outreach.lead_examples import (
    DAYS,
    LEAD_CASE,
    PROPOSAL,
    WANTED,
    answered,
    contacted,
    expired,
    joined,
    noticed,
    proposed,
)
from tests.outreach.test_lead_pages import CONTACT, TIP
from tests.outreach.test_pages import ASKED

given = scenario(lead)
ASK: dict[str, Any] = {
    "proposal_id": PROPOSAL,
    "proposal": WANTED,
    "on": TODAY,
    "today": TODAY,
}
KNOWN = (noticed(), contacted())


def test_a_lead_is_proposed_with_the_name_told_last() -> None:
    given(*KNOWN).when(propose, **ASK).then(proposed())


@pytest.mark.parametrize(
    ("history", "changed", "code"),
    [
        ([], {}, "lead-unknown"),
        ([*KNOWN, expired()], {}, "lead-expired"),
        ([*KNOWN, joined()], {}, "already-proposed"),
        (KNOWN, {"on": TOMORROW}, "day-in-future"),
        (KNOWN, {"on": date(2026, 11, 1)}, "before-notice"),
        (KNOWN, {"proposal": replace(WANTED, reasons=())}, "reasons-missing"),
        (KNOWN, {"proposal": replace(WANTED, reference=None)}, "basis-missing"),
    ],
)
def test_a_proposal_that_cannot_be(history: list[Any], changed: dict[str, Any], code: str) -> None:
    given(*history).when(propose, **ASK | changed).then_refused(code)


def test_one_proposal_at_a_time_and_again_after_a_return_under_the_same_case() -> None:
    again = ASK | {"proposal_id": UUID(int=4), "proposal": replace(WANTED, case_id=UUID(int=5))}
    given(*KNOWN, proposed()).when(propose, **again).then_refused("already-proposed")
    accepted = answered(accepted=True)
    given(*KNOWN, proposed(), accepted).when(propose, **again).then_refused("already-proposed")
    returned = answered(accepted=False)
    second = proposed().model_copy(update={"proposal_id": UUID(int=4)})
    given(*KNOWN, proposed(), returned).when(propose, **again).then(second)


def test_an_answer_is_noted_once_and_a_late_one_not_at_all() -> None:
    yes: dict[str, Any] = {"proposal_id": PROPOSAL, "on": TODAY, "days": DAYS}
    no = yes | {"accepted": False}
    yes |= {"accepted": True}
    given(*KNOWN, proposed()).when(note_answer, **yes).then(answered(accepted=True))
    given(*KNOWN, proposed()).when(note_answer, **no).then(answered(accepted=False))
    taken = (*KNOWN, proposed(), answered(accepted=True))
    given(*taken).when(note_answer, **no).then(answered(accepted=False))
    given(*taken, answered(accepted=False)).when(note_answer, **yes).then_nothing()
    given(*KNOWN).when(note_answer, **yes).then_nothing()
    given().when(note_answer, **yes).then_nothing()
    given(*KNOWN, proposed()).when(note_answer, **yes | {"proposal_id": CASE}).then_nothing()


def test_what_is_proposed_or_accepted_does_not_expire() -> None:
    day = date(2027, 6, 1)
    given(*KNOWN, proposed()).when(expire, today=day).then_refused("lead-proposed")
    taken = (*KNOWN, proposed(), answered(accepted=True))
    given(*taken).when(expire, today=day).then_refused("lead-proposed")
    back = (*KNOWN, proposed(), answered(accepted=False))
    given(*back).when(expire, today=day).then(expired().model_copy(update={"expired_on": day}))


def test_a_proposed_lead_is_joined_to_a_request_of_its_case_only() -> None:
    ask: dict[str, Any] = {"request_id": REQUEST, "on": TODAY, "today": TODAY}
    own, other = ask | {"case_id": LEAD_CASE}, ask | {"case_id": CASE}
    given(*KNOWN, proposed()).when(join, **own).then_refused("lead-proposed")
    taken = (*KNOWN, proposed(), answered(accepted=True))
    given(*taken).when(join, **other).then_refused("joined-elsewhere")
    given(*taken).when(join, **own).then(joined().model_copy(update={"case_id": LEAD_CASE}))


@pytest.fixture
async def service(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[Running]:
    async with running(outreach, settings_of("outreach"), servers) as service:
        yield service


@pytest.fixture
async def nurse(service: Running) -> AsyncIterator[Client]:
    async with service.as_(NURSE) as client:
        yield client


PROPOSE: dict[str, Any] = {
    "on": "2026-11-23",
    "story": "ひと月ほど姿が見えない",
    "basis": "support-meeting",
    "reference": "支援会議 令和8年11月20日",
    "command_id": "propose-1",
}


async def proposed_lead(service: Running, nurse: Client) -> tuple[str, UUID, UUID]:
    """Its page, the proposal and the case."""
    here = await send(nurse, "/outreach/leads", **TIP)
    await send(nurse, f"{here}/contacts", **CONTACT)
    reason = service.host.city.first("reasons")
    for _ in range(2):
        await send(nurse, f"{here}/proposal", **PROPOSE, reasons=reason)
    [row] = await service.host.store.pool.fetch("SELECT proposal_id, case_id FROM leads")
    return here, row["proposal_id"], row["case_id"]


async def test_what_is_known_goes_sealed_and_the_fact_names_nobody(
    service: Running, nurse: Client
) -> None:
    here = await send(nurse, "/outreach/leads", **TIP)
    assert "毎日来ていた人が" in await page(nurse, f"{here}/proposal")
    here, _, case_id = await proposed_lead(service, nurse)
    assert await service.told() == ["TipReceived", "LatentNeedProposed"]
    pool = service.host.store.pool
    facts = [str(row["data"]) for row in await pool.fetch("SELECT data FROM facts")]
    assert not any(said in fact for fact in facts for said in ("花子", "青い屋根", "姿が", "fuchi"))
    [sealed] = await pool.fetch("SELECT case_id, to_team, sealed FROM handovers")
    assert (sealed["case_id"], sealed["to_team"]) == (case_id, "coordination")
    assert "花子".encode() not in sealed["sealed"]
    text = await page(nurse, here)
    assert "判断を待っています" in text
    assert "支援会議 令和8年11月20日" in text
    assert "返事を待っている方 1件" in await page(nurse, "/outreach/leads")
    gone = await service.host.store.forget(case_id)
    assert UUID(here.rsplit("/", 1)[1]) in gone
    [emptied] = await pool.fetch("SELECT sealed FROM handovers")
    assert emptied["sealed"] is None


def test_who_has_no_name_yet_is_called_so() -> None:
    known, unknown = handed(proposed()), handed(proposed().model_copy(update={"name": None}))
    assert known is not None
    assert unknown is not None
    assert (known.personal.name, unknown.personal.name) == ("架空 花子", "氏名不詳")
    assert (known.to_team, known.basis.kind) == ("coordination", "support-meeting")
    assert handed(noticed()) is None


async def test_the_answer_comes_twice_and_a_request_finds_its_lead(
    service: Running, nurse: Client
) -> None:
    here, proposal_id, case_id = await proposed_lead(service, nurse)
    yes = EscalationAccepted(occurred_on=TODAY, case_id=case_id, escalation_id=proposal_id)
    for _ in range(2):
        await note_acceptance(yes, service.desk())
        await note_acceptance(yes.model_copy(update={"escalation_id": CASE}), service.desk())
    assert "が受けました" in await page(nurse, here)
    asked = ASKED.model_copy(update={"case_id": case_id, "occurred_on": TODAY})
    for _ in range(2):
        await take_request(asked, service.desk())
    assert "依頼を開く" in await page(nurse, here)
    assert "毎日来ていた人が" in await page(nurse, f"/outreach/requests/{REQUEST}")


async def test_what_came_back_is_kept_a_while_and_may_be_proposed_again(
    service: Running, nurse: Client
) -> None:
    here, proposal_id, case_id = await proposed_lead(service, nurse)
    assert await erase_due(service.host.store, date(2027, 6, 1)) == []
    no = EscalationReturned(
        occurred_on=TODAY,
        case_id=case_id,
        escalation_id=proposal_id,
        counter="C-08",
        reason="other",
    )
    await note_return(no, service.desk())
    assert "多機関協働へ伝える" in await page(nurse, here)
    again = PROPOSE | {"command_id": "propose-2", "reasons": service.host.city.first("reasons")}
    await send(nurse, f"{here}/proposal", **again)
    await note_return(no, service.desk())
    assert "判断を待っています" in await page(nurse, here), "the late copy is of the first proposal"
    assert await service.host.store.pool.fetchval("SELECT case_id FROM leads") == case_id


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reasons": "whim"}, "多機関協働が要る理由"),
        ({"reasons": ()}, "多機関協働が要る理由"),
        ({"basis": "curiosity"}, "個人情報を渡す根拠"),
        ({"reference": " "}, "根拠の内容"),
        ({"on": "きょう"}, "伝える日"),
    ],
)
async def test_without_reason_or_ground_nothing_leaves(
    service: Running, nurse: Client, wrong: dict[str, Any], said: str
) -> None:
    here = await send(nurse, "/outreach/leads", **TIP)
    typed = PROPOSE | {"reasons": service.host.city.first("reasons")} | wrong
    text = await send(nurse, f"{here}/proposal", 422, **typed)
    assert said in text
    assert "ひと月ほど姿が見えない" in text
    assert await service.told() == ["TipReceived"]


async def test_the_json_proposes(service: Running, nurse: Client) -> None:
    here = await send(nurse, "/outreach/leads", **TIP)
    there = here.replace("/outreach/leads", "/outreach/api/leads")
    asked = {
        "on": "2026-11-23",
        "reasons": [service.host.city.first("reasons")],
        "basis": "urgency",
        "reference": "食べていないようす",
    }
    answer = await nurse.post(f"{there}/proposal", json=asked)
    assert answer.json()["recorded"] == ["Proposed"]
    assert (
        await nurse.post(f"{there}/proposal", json=asked | {"basis": "none"})
    ).status_code == 422
    assert (await nurse.post(f"{there}/proposal", json=asked)).status_code == 409
