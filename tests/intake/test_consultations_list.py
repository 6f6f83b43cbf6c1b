"""相談の一覧 on a real PostgreSQL: found by part of a name, empty of names when forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.intake.domain.consultation import consultation, receive
from services.intake.domain.escalating import escalate, note_acceptance, take_back
from services.intake.domain.linking import attach
from services.intake.domain.sheet import Sheet
from services.intake.published import tell
from services.intake.read.candidates import candidates
from services.intake.read.consultations import consultations
from services.intake.read.escalations import consultation_of, escalations, escalations_of
from services.intake.read.searching import (
    Question,
    Scope,
    consultation_row,
    find,
    is_known,
    led_by,
    of_case,
    rows_of,
)
from shared.casefile.standing import set_down, standing, standing_id, take_up
from shared.casefile.tables import case_standing, handed_over
from shared.sourcing.log import Origin
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams
from tests.casefile.opened import opened, rows
from tests.intake.examples import (
    CASE,
    CONSENT,
    CONSULTATION,
    FIRST,
    HANDOVER,
    KNOWN_CASE,
    SECOND,
    SHEET,
    TODAY,
    sheet,
)
from tests.rereading import write_again

CLERK = Origin(actor="clerk-1", agency="C-01")
OWN = Scope("C-01")
COORDINATION = Scope("C-08", escalated=True)
OTHER = UUID(int=0xC1)


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    reads = (consultations, escalations, handed_over, case_standing)
    async with opened(database, "intake", tell, reads) as store:
        yield store


async def take_in(
    store: Store, what: Sheet = SHEET, where: UUID = CONSULTATION, case: UUID = CASE
) -> None:
    await Streams(store, consultation, CLERK).act(
        where, receive, consultation_id=where, case_id=case, sheet=what, today=TODAY
    )


async def pass_on(store: Store, escalation_id: UUID = FIRST) -> None:
    await Streams(store, consultation, CLERK).act(
        CONSULTATION,
        escalate,
        escalation_id=escalation_id,
        handover_id=HANDOVER,
        reasons=("complex",),
        ground=CONSENT,
        on=TODAY,
        today=TODAY,
    )


async def ids(store: Store, question: Question, scope: Scope = OWN) -> list[UUID]:
    async with store.pool.acquire() as db:
        return [row.consultation_id for row in await find(db, question, scope)]


async def test_the_newest_comes_first_and_pages_meet_without_a_gap(store: Store) -> None:
    for number in range(5):
        day = date(2026, 11, 1 + number // 2)
        await take_in(store, sheet(received_on=day), UUID(int=number + 1), UUID(int=number + 99))
    seen: list[int] = []
    after: str | None = None
    async with store.pool.acquire() as db:
        while after != "":
            found = await find(db, Question(limit=2, after=after), OWN)
            shown, after = rows_of(found, 2)
            seen += [row.consultation_id.int for row in shown]
    assert seen == [5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    "text",
    ["架空", "花子", "架空 花子", "架空花", "ハナコ", "はなこ", "花", "0425550100", "555-0100"],
)
async def test_a_part_of_the_name_or_number_finds_the_person(store: Store, text: str) -> None:
    await take_in(store)
    await take_in(
        store, sheet(name="別人 太郎", kana="ベツジン タロウ", phone="0901"), OTHER, SECOND
    )
    assert await ids(store, Question(text=text)) == [CONSULTATION]


@pytest.mark.parametrize("text", ["花空", "%", "_", "--", "'; DROP TABLE consultations; --"])
async def test_what_does_not_fit_finds_nobody(store: Store, text: str) -> None:
    await take_in(store)
    assert await ids(store, Question(text=text)) == []


@pytest.mark.parametrize("mark", ["x", "20261199-1", "20261123-", "99999999999999999999-1", "-"])
async def test_a_mark_that_nobody_gave_out_starts_from_the_top(store: Store, mark: str) -> None:
    await take_in(store)
    assert await ids(store, Question(after=mark)) == [CONSULTATION]


async def test_filters_narrow_the_list(store: Store) -> None:
    await take_in(store)
    await take_in(store, sheet(counter="C-04", received_on=date(2026, 4, 1)), OTHER, SECOND)
    assert await ids(store, Question(counter="C-04")) == [OTHER]
    assert await ids(store, Question(since=date(2026, 11, 20))) == [CONSULTATION]
    assert await ids(store, Question(until=date(2026, 4, 1))) == [OTHER]
    assert await ids(store, Question(status="escalated")) == []
    await pass_on(store)
    assert await ids(store, Question(status="escalated")) == [CONSULTATION]


async def test_nobody_finds_names_of_other_counters(store: Store) -> None:
    await take_in(store)
    ask = Question(text="花子")
    assert await ids(store, ask, Scope("C-04")) == []
    assert await ids(store, ask, Scope(None)) == []
    assert await ids(store, ask, COORDINATION) == []
    await pass_on(store)
    assert await ids(store, ask, COORDINATION) == [CONSULTATION]


async def test_status_follows_the_answers_of_coordination(store: Store) -> None:
    streams = Streams(store, consultation, CLERK)
    await take_in(store)
    await pass_on(store)
    await streams.act(CONSULTATION, note_acceptance, escalation_id=FIRST, on=TODAY)
    await streams.act(CONSULTATION, take_back, escalation_id=FIRST, reason="solved", on=TODAY)
    await pass_on(store, SECOND)
    async with store.pool.acquire() as db:
        row = await consultation_row(db, CONSULTATION)
        newest, oldest = await escalations_of(db, CONSULTATION)
        assert await consultation_of(db, SECOND) == CONSULTATION
        assert await consultation_of(db, OTHER) is None
    assert row is not None
    assert (row.status, row.basis) == ("escalated", "consent")
    assert (newest.escalation_id, newest.returned_on) == (SECOND, None)
    assert (oldest.accepted_on, oldest.return_reason) == (TODAY, "solved")


async def test_known_cases_are_proposed_with_what_agrees(store: Store) -> None:
    await take_in(store)
    usual: dict[str, Any] = {"name": None, "kana": None, "phone": None, "born_on": None}
    async with store.pool.acquire() as db:
        [one] = await candidates(db, **usual | {"kana": "かくう はなこ", "born_on": SHEET.born_on})
        assert (one.case_id, one.why) == (CASE, "ふりがな・生年月日")
        assert await candidates(db, **usual | {"phone": "042-555-0100"})
        married = usual | {"name": "新姓 花子", "born_on": SHEET.born_on}
        assert [c.why for c in await candidates(db, **married)] == ["生年月日"]
        swapped = married | {"born_on": date(1946, 1, 3)}
        assert [c.why for c in await candidates(db, **swapped)] == [
            "生年月日（月と日が入れ替わり）"
        ]
        neighbour = usual | {"name": "架空 花子", "town": SHEET.town}
        assert [c.why for c in await candidates(db, **neighbour)] == ["氏名・お住まいの町"]
        assert not await candidates(db, **usual | {"born_on": SHEET.born_on})
        assert not await candidates(db, **usual | {"name": "別人 太郎", "phone": "090"})
        assert not await candidates(db, **usual | {"name": "架空 花子"}, but=CASE)


async def test_an_attached_consultation_is_listed_with_its_case(store: Store) -> None:
    await take_in(store)
    await take_in(store, sheet(name=None, kana=None, phone=None), OTHER, SECOND)
    await Streams(store, consultation, CLERK).act(
        OTHER, attach, case_id=CASE, former_case_id=SECOND, on=TODAY
    )
    async with store.pool.acquire() as db:
        assert [r.consultation_id for r in await of_case(db, CASE)] == [OTHER, CONSULTATION]
        assert await is_known(db, CASE)
        assert not await is_known(db, KNOWN_CASE)


async def test_a_closed_case_shows_with_its_lead_agency_until_it_goes_on(store: Store) -> None:
    await take_in(store)
    await take_in(store, where=OTHER)
    streams, closure = Streams(store, standing, CLERK), UUID(int=7)
    where = standing_id(CASE)
    await streams.act(
        where, set_down, case_id=CASE, closure_id=closure, lead_agency="C-04", on=TODAY
    )
    async with store.pool.acquire() as db:
        [led] = await led_by(db, "C-04")
    assert (led.consultation_id, led.closed_on, led.lead_agency) == (OTHER, TODAY, "C-04")
    assert await ids(store, Question(text="花子"), Scope("C-04")) == [OTHER, CONSULTATION]
    await streams.act(where, take_up, case_id=CASE, closure_id=closure, on=TODAY)
    async with store.pool.acquire() as db:
        assert await led_by(db, "C-04") == []


@pytest.mark.parametrize("forgotten", [CASE, KNOWN_CASE])
async def test_a_forgotten_person_leaves_no_name(store: Store, forgotten: UUID) -> None:
    await take_in(store)
    await Streams(store, consultation, CLERK).act(
        CONSULTATION, attach, case_id=KNOWN_CASE, former_case_id=CASE, on=TODAY
    )
    await store.forget(forgotten)
    assert await ids(store, Question(text="花子")) == []
    stored = str(await rows(store, "consultations", "position"))
    assert not any(word in stored for word in ("花子", "ハナコ", "1946", "0425550100"))
    sheet = (await Streams(store, consultation, CLERK).state(CONSULTATION)).sheet
    assert sheet
    assert (sheet.name, sheet.phone, sheet.content) == (None, None, None)


async def test_replaying_every_event_twice_gives_the_same_rows(store: Store) -> None:
    streams = Streams(store, consultation, CLERK)
    await take_in(store)
    await streams.act(CONSULTATION, attach, case_id=KNOWN_CASE, former_case_id=CASE, on=TODAY)
    await pass_on(store)
    await streams.act(CONSULTATION, take_back, escalation_id=FIRST, reason="solved", on=TODAY)
    await pass_on(store, SECOND)
    before = [await rows(store, table, "1") for table in ("consultations", "escalations")]
    history = await streams.history(CONSULTATION)
    async with store.pool.acquire() as db:
        await db.execute("TRUNCATE consultations, escalations")
        for _ in range(2):
            await write_again(db, consultations, history)
            await write_again(db, escalations, history)
    assert [await rows(store, table, "1") for table in ("consultations", "escalations")] == before


async def test_what_is_told_and_stored_names_no_person(store: Store) -> None:
    await take_in(store)
    await pass_on(store)
    told = str(await rows(store, "facts", "position"))
    stored = str(await rows(store, "events", "position"))
    for word in ("花子", "ハナコ", "1946", "0425550100", "雨間", "amema", "家賃", "静か"):
        assert word not in told
        assert word == "amema" or word not in stored
