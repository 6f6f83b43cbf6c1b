"""What other teams tell, told twice and late, on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from services.coordination.desk import Desk, open_desk
from services.coordination.domain.case import Phase
from services.coordination.domain.closing import Ending, close, resume
from services.coordination.domain.escalation import accept as accept_escalation
from services.coordination.domain.escalation import give_back
from services.coordination.domain.events import SupportReported
from services.coordination.domain.support import Errand, Ground, request_support
from services.coordination.published import tell
from services.coordination.reactions import (
    accept,
    note_attached_consultation,
    note_match,
    note_new_consultation,
    note_outreach_end,
    note_outreach_end_again,
    note_visit,
    take_escalation,
    take_proposal,
)
from services.coordination.read.case_table import cases
from services.coordination.read.cases import cases_where
from services.coordination.read.meetings import meetings
from services.coordination.read.requests import requests
from shared.casefile.tables import handed_over
from shared.contracts.handover import Handover, LegalBasis, PersonalPart
from shared.contracts.intake import CaseEscalated, ConsultationAttached, ConsultationReceived
from shared.contracts.outreach import (
    LatentNeedProposed,
    OutreachConcluded,
    OutreachConclusionCorrected,
    VisitMade,
)
from shared.contracts.participation import PlaceMatched
from shared.runtime.clock import Clock
from shared.runtime.office import Office
from shared.sourcing.ids import new_id
from shared.sourcing.log import Origin
from shared.vocabulary.city import City
from tests.casefile.opened import opened
from tests.coordination.examples import (
    CASE,
    CLOSURE,
    ESCALATION,
    HANAKO,
    HANDOVER,
    HANDOVER_ON,
    REQUEST,
    RESUMPTION,
    SECOND_ESCALATION,
    TODAY,
    VISIT,
    escalated,
    uid,
)

CITY = Path(__file__).parents[2] / "deploy" / "municipalities" / "akiruno"
NOW: dict[str, Any] = {"on": TODAY, "today": TODAY}


@pytest.fixture
async def desk(database: str) -> AsyncIterator[Desk]:
    reads = (cases, meetings, requests, handed_over)
    async with opened(database, "coordination", tell, reads) as store:
        clock = Clock(lambda: datetime(2026, 11, 23, 1, tzinfo=UTC))
        origin = Origin(actor="reaction:coordination")
        db = cast("Any", store.pool)
        yield open_desk(Office(store, db, origin, clock, City.load(CITY), new_id))


def told(escalation: Any = ESCALATION) -> CaseEscalated:
    values = escalated(escalation).model_dump(exclude={"escalated_on"})
    return CaseEscalated(**values, occurred_on=escalated().escalated_on)


async def test_a_latent_need_waits_like_an_escalation(desk: Desk) -> None:
    """T-30: outreach proposes; 多機関協働 decides as it decides on what a counter passes on."""
    proposal = LatentNeedProposed(
        occurred_on=TODAY,
        case_id=CASE,
        proposal_id=ESCALATION,
        lead_id=uid(77),
        counter="C-08",
        reasons=("complex",),
        nurse_district="nd-tasai",
        handover_id=HANDOVER,
        basis="support-meeting",
    )
    for _ in range(2):
        await take_proposal(proposal, desk)
    [row] = await cases_where(desk.db, status="waiting")
    assert (row.case_id, row.counter, row.waiting_since) == (CASE, "C-08", TODAY)
    await desk.cases.act(CASE, accept_escalation, escalation_id=ESCALATION, **NOW)
    assert (await desk.cases.state(CASE)).phase is Phase.OPEN
    await take_proposal(proposal, desk)
    assert await cases_where(desk.db, status="waiting") == []


async def test_an_escalation_told_twice_waits_once(desk: Desk) -> None:
    for _ in range(2):
        await take_escalation(told(), desk)
    assert len(await desk.cases.history(CASE)) == 1


async def test_a_late_copy_after_the_return_and_a_new_escalation_records_nothing(
    desk: Desk,
) -> None:
    await take_escalation(told(), desk)
    await desk.cases.act(CASE, give_back, escalation_id=ESCALATION, reason="other", **NOW)
    await take_escalation(told(SECOND_ESCALATION), desk)
    before = await desk.cases.history(CASE)
    await take_escalation(told(), desk)
    assert await desk.cases.history(CASE) == before
    assert list((await desk.cases.state(CASE)).waiting) == [SECOND_ESCALATION]


async def test_a_late_copy_after_closing_and_resuming_records_nothing(desk: Desk) -> None:
    await take_escalation(told(), desk)
    await desk.cases.act(CASE, accept_escalation, escalation_id=ESCALATION, **NOW)
    ending = Ending("C-01", "roles-agreed", "滞納したとき", "quarterly")
    ids: dict[str, Any] = {"closure_id": CLOSURE, "handover_id": HANDOVER_ON}
    await desk.cases.act(CASE, close, **ids, ending=ending, **NOW)
    await take_escalation(told(), desk)
    assert (await desk.cases.state(CASE)).phase is Phase.CLOSED
    await desk.cases.act(
        CASE, resume, resumption_id=RESUMPTION, closure_id=CLOSURE, reason="other", **NOW
    )
    before = await desk.cases.history(CASE)
    await desk.cases.act(CASE, close, **ids, ending=ending, **NOW)
    await take_escalation(told(), desk)
    assert await desk.cases.history(CASE) == before


async def test_what_outreach_tells_is_noted_once_in_any_order(desk: Desk) -> None:
    await take_escalation(told(), desk)
    await desk.cases.act(CASE, accept_escalation, escalation_id=ESCALATION, **NOW)
    ground = Ground("urgency", "生命の危険")
    errand = Errand("outreach", "声をかける", ground, HANAKO)
    ids: dict[str, Any] = {"request_id": REQUEST, "handover_id": HANDOVER_ON}
    await desk.cases.act(CASE, request_support, **ids, errand=errand, **NOW)
    about: dict[str, Any] = {"occurred_on": TODAY, "case_id": CASE, "request_id": REQUEST}
    ended = OutreachConcluded(**about, outcome="linked")
    visited = VisitMade(**about, visit_id=VISIT, method="home-visit", met=True)
    for _ in range(2):
        await note_outreach_end(ended, desk)
        await note_visit(visited, desk)
    assert len(await desk.cases.history(CASE)) == 5
    better = OutreachConclusionCorrected(
        **about,
        outcome="not-needed",
        former_on=TODAY,
        former_outcome="linked",
        edition=2,
        corrected_on=TODAY,
    )
    for _ in range(2):
        await note_outreach_end_again(better, desk)
    *_, last = [record.event for record in await desk.cases.history(CASE)]
    assert len(await desk.cases.history(CASE)) == 6
    assert isinstance(last, SupportReported)
    assert (last.step, last.code) == ("ended", "not-needed")


async def test_a_new_consultation_of_a_closed_case_is_noted(desk: Desk) -> None:
    """T-09, told twice and for people who never were here."""
    await take_escalation(told(), desk)
    await desk.cases.act(CASE, accept_escalation, escalation_id=ESCALATION, **NOW)
    ending = Ending("C-01", "roles-agreed", "滞納したとき", "quarterly")
    ids: dict[str, Any] = {"closure_id": CLOSURE, "handover_id": HANDOVER_ON}
    await desk.cases.act(CASE, close, **ids, ending=ending, **NOW)
    came = ConsultationReceived(
        occurred_on=TODAY,
        case_id=CASE,
        consultation_id=uid(91),
        counter="C-03",
        channel="visit",
        source="self",
        returning=True,
    )
    before = len(await desk.cases.history(CASE))
    for fact in (came, came, came.model_copy(update={"case_id": uid(92)})):
        await note_new_consultation(fact, desk)
    attached = ConsultationAttached(
        occurred_on=TODAY, case_id=CASE, consultation_id=uid(93), former_case_id=uid(94)
    )
    await note_attached_consultation(attached, desk)
    assert len(await desk.cases.history(CASE)) == before + 2
    apart = ConsultationAttached(
        occurred_on=TODAY,
        case_id=uid(95),
        consultation_id=uid(93),
        former_case_id=CASE,
        unlinked=True,
    )
    for _ in range(2):
        await note_attached_consultation(apart, desk)
    assert len(await desk.cases.history(CASE)) == before + 3
    assert (await desk.cases.state(CASE)).came_back == (uid(91),)


async def test_a_fact_about_no_request_of_ours_is_passed_over(desk: Desk) -> None:
    fact = PlaceMatched(
        occurred_on=TODAY, case_id=CASE, request_id=uid(90), match_id=uid(91), resource_id=uid(92)
    )
    await note_match(fact, desk)
    assert await desk.cases.history(CASE) == []


async def test_a_hand_over_that_comes_twice_is_kept_and_receipted_once(desk: Desk) -> None:
    sent = Handover(
        handover_id=HANDOVER,
        from_team="intake",
        to_team="coordination",
        case_id=CASE,
        occurred_on=TODAY,
        basis=LegalBasis(kind="consent", reference="x"),
        personal=PersonalPart(name="架空 花子"),
    )
    for _ in range(2):
        await accept(sent, desk)
    facts = await desk.db.fetch("SELECT type FROM facts")
    assert [row["type"] for row in facts] == ["HandoverReceived"]
