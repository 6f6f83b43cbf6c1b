"""Rounds, promises and agreed days in the lists, on a real PostgreSQL (T-02x, T-10, F-07)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.coordination.domain.case import case
from services.coordination.domain.closing import Ending, close
from services.coordination.domain.consent import refuse_consent
from services.coordination.domain.escalation import accept, give_back, take_in
from services.coordination.domain.evaluation import aftercare, share
from services.coordination.domain.meeting import meeting
from services.coordination.domain.minutes import hold
from services.coordination.domain.sitting import AgendaItem, Sitting
from services.coordination.read.cases import case_row
from services.coordination.read.notes import promises
from services.coordination.read.queued import contacts_promised
from shared.casefile.progress import Note, note, progress
from shared.sourcing.decider import Refused
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams
from tests.coordination.examples import (
    CASE,
    CLOSURE,
    ESCALATION,
    HANDOVER_ON,
    MEETING,
    REFUSAL,
    SECOND_ESCALATION,
    TODAY,
    VISIT,
    escalated,
    uid,
)
from tests.coordination.test_lists import COORDINATOR, NOW, next_step, store

__all__ = ["store"]


async def test_a_case_that_comes_again_begins_a_round_of_its_own(store: Store) -> None:
    """Neither its age nor a meeting of the round before counts on (T-02x)."""
    streams, sittings = Streams(store, case, COORDINATOR), Streams(store, meeting, COORDINATOR)
    await streams.act(CASE, take_in, escalated=escalated())
    await streams.act(CASE, accept, escalation_id=ESCALATION, **NOW)
    await sittings.act(
        MEETING,
        hold,
        meeting_id=MEETING,
        sitting=Sitting("support-meeting", "市役所", ("C-08", "C-01"), "rules-r8", secrecy=True),
        agenda=(AgendaItem(CASE, known=True, consented_on=None),),
        **NOW,
    )
    look = date(2027, 2, 1)
    back: dict[str, Any] = {"escalation_id": ESCALATION, "reason": "x", "look_on": look}
    await streams.act(CASE, give_back, **back, **NOW)
    assert await next_step(store) == "keep-link"
    assert await next_step(store, look) == "look-again"
    later = date(2027, 3, 1)
    second = escalated(SECOND_ESCALATION).model_copy(update={"escalated_on": later})
    await streams.act(CASE, take_in, escalated=second)
    await streams.act(CASE, accept, escalation_id=SECOND_ESCALATION, on=later, today=later)
    await streams.act(CASE, refuse_consent, refusal_id=REFUSAL, on=later, today=later)
    async with store.pool.acquire() as db:
        row = await case_row(db, CASE)
    assert row is not None
    assert (row.opened_on, row.support_meeting_on, row.look_on) == (later, None, None)


async def test_what_was_promised_at_the_end_is_kept_without_a_plan(store: Store) -> None:
    streams = Streams(store, case, COORDINATOR)
    await streams.act(CASE, take_in, escalated=escalated())
    await streams.act(CASE, accept, escalation_id=ESCALATION, **NOW)
    until = date(2027, 9, 30)
    ending = Ending("C-01", "roles-agreed", "滞納したとき", "quarterly", contact_until=until)
    ids: dict[str, Any] = {"closure_id": CLOSURE, "handover_id": HANDOVER_ON}
    early = replace(ending, contact_until=date(2026, 11, 1))
    with pytest.raises(Refused, match="contact-ends-before-closure"):
        await streams.act(CASE, close, **ids, ending=early, **NOW)
    await streams.act(CASE, close, **ids, ending=ending, **NOW)
    state = await streams.state(CASE)
    talked: dict[str, Any] = {"sharing_id": VISIT, "agency": "C-01", "note": "変わりなし"}
    await Streams(store, aftercare, COORDINATOR).act(VISIT, share, case=state, **talked, **NOW)
    async with store.pool.acquire() as db:
        [wait] = await contacts_promised(db, {"quarterly": 91}, until)
    assert (wait.contact_until, wait.shared_on) == (until, TODAY)


async def test_a_note_without_a_day_leaves_the_day_that_was_agreed_on(store: Store) -> None:
    streams = Streams(store, case, COORDINATOR)
    await streams.act(CASE, take_in, escalated=escalated())
    await streams.act(CASE, accept, escalation_id=ESCALATION, **NOW)
    written = Streams(store, progress, COORDINATOR)
    agreed = date(2026, 12, 1)

    async def write(number: int, on: date, next_on: date | None) -> list[date]:
        said = Note("telephone", "person", "話した", next_on=next_on)
        ids: dict[str, Any] = {"note_id": uid(number), "case_id": CASE, "said": said}
        await written.act(VISIT, note, **ids, on=on, today=date(2027, 1, 1))
        async with store.pool.acquire() as db:
            return [one.next_on for one in await promises(db)]

    assert await write(501, TODAY, agreed) == [agreed]
    assert await write(502, date(2026, 11, 25), None) == [agreed]
    assert await write(503, agreed, None) == []
