"""The lists of coordination on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from services.coordination.domain import way
from services.coordination.domain.case import case
from services.coordination.domain.closing import Ending, close, resume
from services.coordination.domain.consent import apply, consent, refuse_consent
from services.coordination.domain.escalation import accept, give_back, note_return, take_in
from services.coordination.domain.meeting import meeting
from services.coordination.domain.minutes import hold
from services.coordination.domain.plan import agree_plan
from services.coordination.domain.sitting import AgendaItem, Sitting
from services.coordination.domain.support import Errand, Ground, note_report, request_support
from services.coordination.published import handed, tell
from services.coordination.read.case_keys import case_keys
from services.coordination.read.case_table import cases
from services.coordination.read.cases import case_row, cases_where, escalations_of
from services.coordination.read.meetings import meetings, meetings_of
from services.coordination.read.requests import requests, requests_of
from shared.casefile.handover import PersonalPartReceived, handover, receive
from shared.casefile.promises import notes
from shared.casefile.tables import handed_over
from shared.sourcing.log import Origin
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams
from tests.casefile.opened import opened, rows
from tests.coordination.examples import (
    APPLICATION,
    CASE,
    CLOSURE,
    CONSENT,
    DRAFT,
    ESCALATION,
    HANAKO,
    HANDOVER,
    HANDOVER_ON,
    MEETING,
    PLAN,
    REFUSAL,
    REQUEST,
    RESUMPTION,
    REVIEW,
    SECOND_ESCALATION,
    TODAY,
    VISIT,
    closed,
    escalated,
    requested,
)
from tests.rereading import write_again

COORDINATOR = Origin(actor="co-1", agency="C-08")
NOW: dict[str, Any] = {"on": TODAY, "today": TODAY}
PART = PersonalPartReceived(
    handover_id=HANDOVER,
    case_id=CASE,
    from_team="intake",
    basis="consent",
    received_on=TODAY,
    name="架空 花子",
    kana="かくう はなこ",
    narrative="三年ほど家にいる",
)


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    reads = (cases, meetings, requests, notes, handed_over, case_keys)
    async with opened(database, "coordination", tell, reads) as store:
        yield store


async def lead_to_a_plan(store: Store) -> None:
    """From the escalation to a plan and a request, as on the pages."""
    streams = Streams(store, case, COORDINATOR)
    await streams.act(CASE, take_in, escalated=escalated())
    await Streams(store, handover, COORDINATOR).act(HANDOVER, receive, part=PART)
    await streams.act(CASE, accept, escalation_id=ESCALATION, **NOW)
    await streams.act(
        CASE, apply, application_id=APPLICATION, filled_by="subject", person=HANAKO, **NOW
    )
    await streams.act(CASE, consent, consent_id=CONSENT, method="written", **NOW)
    sittings = Streams(store, meeting, COORDINATOR)
    await sittings.act(
        MEETING,
        hold,
        meeting_id=MEETING,
        sitting=Sitting("plan-meeting", "市役所3階", ("C-08", "C-01"), "rules-r8"),
        agenda=(AgendaItem(CASE, known=True, consented_on=NOW["on"], report="家計が苦しい"),),
        **NOW,
    )
    state = await sittings.state(MEETING)
    await streams.act(
        CASE, agree_plan, plan_id=PLAN, meeting_id=MEETING, meeting=state, draft=DRAFT, **NOW
    )
    errand = Errand("outreach", "玄関先で声をかける", Ground("consent"), HANAKO)
    await streams.act(
        CASE, request_support, request_id=REQUEST, handover_id=HANDOVER_ON, errand=errand, **NOW
    )


async def next_step(store: Store, today: date = TODAY) -> str:
    async with store.pool.acquire() as db:
        row = await case_row(db, CASE)
    assert row is not None
    return way.next_step(row, today).code


async def test_every_step_says_what_comes_next(store: Store) -> None:
    streams = Streams(store, case, COORDINATOR)
    await streams.act(CASE, take_in, escalated=escalated())
    assert await next_step(store) == "decide"
    await streams.act(CASE, accept, escalation_id=ESCALATION, **NOW)
    assert await next_step(store) == "application"
    await streams.act(
        CASE, apply, application_id=APPLICATION, filled_by="subject", person=HANAKO, **NOW
    )
    assert await next_step(store) == "consent"
    await streams.act(CASE, refuse_consent, refusal_id=REFUSAL, **NOW)
    assert await next_step(store) == "support-meeting"
    await streams.act(CASE, consent, consent_id=CONSENT, method="written", **NOW)
    assert await next_step(store) == "meeting"
    await lead_to_a_plan(store)
    assert await next_step(store) == "follow"
    assert await next_step(store, REVIEW) == "review"


async def test_the_list_shows_who_waits_longest(store: Store) -> None:
    streams = Streams(store, case, COORDINATOR)
    await lead_to_a_plan(store)
    other = escalated(SECOND_ESCALATION).model_copy(
        update={"case_id": VISIT, "escalated_on": date(2026, 11, 1)}
    )
    await streams.act(VISIT, take_in, escalated=other)
    async with store.pool.acquire() as db:
        found = await cases_where(db)
        assert [row.case_id for row in found] == [VISIT, CASE]
        assert found[0].days_waiting(TODAY) == 22
        assert [r.case_id for r in await cases_where(db, status="waiting")] == [VISIT]
        assert [r.case_id for r in await cases_where(db, status="open", q="花子")] == [CASE]
        assert [r.case_id for r in await cases_where(db, q="かくうはな")] == [CASE]
        assert [r.case_id for r in await cases_where(db, q="カクウ　ハナコ")] == [CASE]
        assert await cases_where(db, q="太郎") == []
        assert await cases_where(db, q="%") == []
        assert [r.case_id for r in await cases_where(db, by_age=True)] == [VISIT, CASE]
        assert [r.case_id for r in await cases_where(db, skip=1, most=1)] == [CASE]
        assert await cases_where(db, district="nd-masuko") == []


async def test_a_returned_case_comes_back_with_a_new_escalation(store: Store) -> None:
    streams = Streams(store, case, COORDINATOR)
    await streams.act(CASE, take_in, escalated=escalated())
    await streams.act(CASE, give_back, escalation_id=ESCALATION, reason="x", **NOW)
    assert await next_step(store) == "keep-link"
    await streams.act(CASE, take_in, escalated=escalated(SECOND_ESCALATION))
    await streams.act(CASE, take_in, escalated=escalated())
    async with store.pool.acquire() as db:
        found = {r.escalation_id: r.status for r in await escalations_of(db, CASE)}
    assert found == {ESCALATION: "returned", SECOND_ESCALATION: "waiting"}
    assert await next_step(store) == "decide"


async def test_a_closed_case_that_is_escalated_again_suggests_to_resume(store: Store) -> None:
    await lead_to_a_plan(store)
    streams = Streams(store, case, COORDINATOR)
    ending = Ending("C-01", "roles-agreed", "滞納したとき", "quarterly")
    ids: dict[str, Any] = {"closure_id": CLOSURE, "handover_id": HANDOVER_ON}
    await streams.act(CASE, close, **ids, ending=ending, **NOW)
    assert await next_step(store) == "keep-contact"
    await streams.act(CASE, take_in, escalated=escalated(SECOND_ESCALATION))
    assert await next_step(store) == "resume"
    await streams.act(
        CASE, resume, resumption_id=RESUMPTION, closure_id=CLOSURE, reason="new-issue", **NOW
    )
    await streams.act(CASE, close, **ids, ending=ending, **NOW)
    async with store.pool.acquire() as db:
        row = await case_row(db, CASE)
    assert row is not None
    assert (row.phase, row.closed_on, row.waiting_since) == ("open", None, None)


async def test_whoever_comes_back_after_the_end_suggests_to_resume(store: Store) -> None:
    await lead_to_a_plan(store)
    streams = Streams(store, case, COORDINATOR)
    ending = Ending("C-01", "roles-agreed", "滞納したとき", "quarterly")
    ids: dict[str, Any] = {"closure_id": CLOSURE, "handover_id": HANDOVER_ON}
    await streams.act(CASE, close, **ids, ending=ending, **NOW)
    await streams.act(CASE, note_return, consultation_id=VISIT, counter="C-03", on=TODAY)
    assert await next_step(store) == "resume"
    await streams.act(
        CASE, resume, resumption_id=RESUMPTION, closure_id=CLOSURE, reason="new-issue", **NOW
    )
    assert await next_step(store) == "plan-again"


async def test_the_next_round_has_its_own_application_and_consent(store: Store) -> None:
    streams = Streams(store, case, COORDINATOR)
    await streams.act(CASE, take_in, escalated=escalated())
    await streams.act(CASE, accept, escalation_id=ESCALATION, **NOW)
    await streams.act(
        CASE, apply, application_id=APPLICATION, filled_by="subject", person=HANAKO, **NOW
    )
    await streams.act(CASE, consent, consent_id=CONSENT, method="written", **NOW)
    await streams.act(CASE, give_back, escalation_id=ESCALATION, reason="x", **NOW)
    second = escalated(SECOND_ESCALATION).model_copy(update={"counter": "C-02"})
    await streams.act(CASE, take_in, escalated=second)
    await streams.act(CASE, accept, escalation_id=SECOND_ESCALATION, **NOW)
    assert await next_step(store) == "application"
    async with store.pool.acquire() as db:
        row = await case_row(db, CASE)
    assert row is not None
    assert (row.applied_on, row.consent, sorted(row.referrers)) == (
        None,
        "unknown",
        ["C-01", "C-02"],
    )


async def test_what_a_team_tells_shows_on_its_request(store: Store) -> None:
    await lead_to_a_plan(store)
    streams = Streams(store, case, COORDINATOR)
    told: dict[str, Any] = {"request_id": REQUEST, "on": TODAY}
    await streams.act(CASE, note_report, step="ended", item_id=REQUEST, code="linked", **told)
    await streams.act(CASE, note_report, step="visited", item_id=VISIT, code="met", **told)
    async with store.pool.acquire() as db:
        [row] = await requests_of(db, CASE)
        [sitting] = await meetings_of(db, CASE)
    assert (row.status, row.outcome) == ("ended", "linked")
    assert (sitting.kind, sitting.cases, sitting.members) == ("plan-meeting", 1, ["C-08", "C-01"])


async def test_a_forgotten_person_has_no_name_left(store: Store) -> None:
    await lead_to_a_plan(store)
    await store.forget(CASE)
    async with store.pool.acquire() as db:
        row = await case_row(db, CASE)
    assert row is not None
    assert (row.name, row.kana) == (None, None)


async def test_replaying_every_event_twice_gives_the_same_rows(store: Store) -> None:
    await lead_to_a_plan(store)
    tables = ("cases", "escalations", "meetings", "agenda", "requests")
    before = [await rows(store, table, "1") for table in tables]
    history: list[Any] = [
        *await store.load(case, CASE),
        *await store.load(meeting, MEETING),
    ]
    async with store.pool.acquire() as db:
        await db.execute("TRUNCATE " + ", ".join(tables))
        for _ in range(2):
            for model in (cases, meetings, requests):
                await write_again(db, model, history)
    assert [await rows(store, table, "1") for table in tables] == before


async def test_what_is_told_names_no_person(store: Store) -> None:
    await lead_to_a_plan(store)
    told = [str(row) for row in await rows(store, "facts", "position")]
    assert len(told) == 7
    planted = ("花子", "家計", "玄関", "架空", "042-000-0000", "1968")
    assert not any(word in line for word in planted for line in told)
    stored = [str(row) for row in await rows(store, "events", "position")]
    assert not any(word in line for word in planted for line in stored)


def test_a_request_hands_the_person_over_with_its_ground() -> None:
    sent = handed(requested("participation"))
    assert sent is not None
    assert (sent.to_team, sent.basis.kind, sent.basis.reference) == (
        "participation",
        "consent",
        str(CONSENT),
    )
    assert sent.personal.name == "架空 花子"
    assert sent.personal.narrative == "玄関先で声をかける\n\n三年ほど家にいる"


def test_a_closure_hands_over_only_on_a_ground() -> None:
    assert handed(closed()) is None
    with_ground = closed().model_copy(
        update={"handover_id": HANDOVER_ON, "basis": "consent", "basis_reference": str(CONSENT)}
    )
    sent = handed(with_ground)
    assert sent is not None
    assert sent.to_team == "intake"
    assert handed(escalated()) is None
