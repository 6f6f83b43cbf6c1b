"""What coordination tells, every fact delivered twice, and an old one late."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from services.intake.desk import open_desk
from services.intake.domain.consultation import receive
from services.intake.domain.escalating import escalate
from services.intake.reactions import reactions
from services.intake.read.searching import consultation_row, led_by
from shared.casefile.hearing import accept
from shared.contracts.coordination import (
    CaseClosed,
    CaseReopened,
    EscalationAccepted,
    EscalationReturned,
)
from shared.contracts.fact import Fact
from shared.contracts.handover import Handover, LegalBasis, PersonalPart
from shared.sourcing.log import Origin
from tests.intake.conftest import CLERK, OTHER_CLERK, Running
from tests.intake.examples import (
    CASE,
    CONSENT,
    CONSULTATION,
    FIRST,
    HANDOVER,
    SECOND,
    SHEET,
    TODAY,
)

ABOUT: dict[str, Any] = {"occurred_on": TODAY, "case_id": CASE}


async def hear(running: Running, fact: Fact) -> None:
    """The fact arrives twice, each time in a transaction of its own."""
    reaction = reactions.to(fact.team, type(fact).__name__)
    assert reaction
    fact_id = uuid5(CASE, fact.model_dump_json())
    for _ in range(2):
        async with running.host.store.begin() as transaction:
            origin = Origin(
                "reaction:intake", None, uuid5(fact_id, reaction.fact.__name__), fact_id
            )
            office = running.host.office(transaction, transaction.db, origin)
            await reaction.handle(fact, open_desk(office))


async def begin(running: Running) -> None:
    desk = open_desk(
        running.host.office(running.host.store, running.host.store.pool, Origin(CLERK.staff_id))  # type: ignore[arg-type]  # wider in the fixture
    )
    await desk.consultations.act(
        CONSULTATION,
        receive,
        consultation_id=CONSULTATION,
        case_id=CASE,
        sheet=SHEET,
        today=TODAY,
    )
    await again(running, FIRST)


async def again(running: Running, escalation_id: UUID) -> None:
    desk = open_desk(
        running.host.office(running.host.store, running.host.store.pool, Origin(CLERK.staff_id))  # type: ignore[arg-type]  # wider in the fixture
    )
    await desk.consultations.act(
        CONSULTATION,
        escalate,
        escalation_id=escalation_id,
        handover_id=uuid5(HANDOVER, str(escalation_id)),
        reasons=("complex",),
        ground=CONSENT,
        on=TODAY,
        today=TODAY,
    )


async def status(running: Running) -> str:
    async with running.host.store.pool.acquire() as db:
        row = await consultation_row(db, CONSULTATION)
    assert row
    return row.status


async def test_acceptance_and_return_reach_the_consultation(running: Running) -> None:
    await begin(running)
    await hear(running, EscalationAccepted(**ABOUT, escalation_id=FIRST))
    assert await status(running) == "accepted"
    back = EscalationReturned(**ABOUT, escalation_id=FIRST, counter="C-01", reason="ordinary")
    await hear(running, back)
    assert await status(running) == "returned"
    assert await running.host.store.pool.fetchval("SELECT count(*) FROM events") == 4


async def test_a_late_old_return_takes_nothing_back(running: Running) -> None:
    await begin(running)
    back: dict[str, Any] = {"escalation_id": FIRST, "counter": "C-01"}
    await hear(running, EscalationReturned(**ABOUT, **back, reason="ordinary"))
    await again(running, SECOND)
    await hear(running, EscalationReturned(**ABOUT, **back, reason="told once more"))
    assert await status(running) == "escalated"


async def test_an_answer_to_an_unknown_escalation_changes_nothing(running: Running) -> None:
    await hear(running, EscalationAccepted(**ABOUT, escalation_id=SECOND))
    assert await running.host.store.pool.fetchval("SELECT count(*) FROM events") == 0


async def test_the_lead_agency_gets_the_case_until_it_goes_on(running: Running) -> None:
    await begin(running)
    closure = UUID(int=7)
    closed = CaseClosed(**ABOUT, closure_id=closure, lead_agency="C-04", reason="roles-agreed")
    await hear(running, closed)
    async with running.host.store.pool.acquire() as db:
        assert [row.case_id for row in await led_by(db, "C-04")] == [CASE]
    await hear(
        running,
        CaseReopened(**ABOUT, resumption_id=UUID(int=8), closure_id=closure, reason="change"),
    )
    async with running.host.store.pool.acquire() as db:
        assert await led_by(db, "C-04") == []


async def test_a_hand_over_is_kept_once_and_acknowledged(running: Running) -> None:
    sent = Handover(
        handover_id=HANDOVER,
        from_team="coordination",
        to_team="intake",
        case_id=CASE,
        occurred_on=TODAY,
        basis=LegalBasis(kind="consent", reference="c-1"),
        personal=PersonalPart(name="架空 花子", narrative="役割分担に合意した"),
    )
    for _ in range(2):
        async with running.host.store.begin() as transaction:
            office = running.host.office(transaction, transaction.db, Origin("reaction:intake"))
            await accept(sent, open_desk(office))
    [(fact, told)] = await running.told()
    assert fact == "HandoverReceived"
    assert "花子" not in told


async def test_the_lead_agency_reads_what_was_handed_over_and_no_more(running: Running) -> None:
    """Closed without a hand-over the 主担当 knows who it is; the story needs a ground (N-01)."""
    await begin(running)
    closed = CaseClosed(**ABOUT, closure_id=UUID(int=7), lead_agency="C-04", reason="roles-agreed")
    await hear(running, closed)
    where = f"/intake/consultations/{CONSULTATION}"
    async with running.as_(OTHER_CLERK) as lead:
        bare = (await lead.get(where)).text
        assert str(SHEET.name) in bare
        assert str(SHEET.content) not in bare
        assert str(SHEET.phone) not in bare
        assert "この方の新しい相談を受け付ける" in bare
        for closed_door in ("/assessment", "/papers/reception.pdf", "/escalation"):
            assert (await lead.get(where + closed_door)).status_code in (403, 404, 409)
    sent = Handover(
        handover_id=HANDOVER,
        from_team="coordination",
        to_team="intake",
        case_id=CASE,
        occurred_on=TODAY,
        basis=LegalBasis(kind="consent", reference="c-1"),
        personal=PersonalPart(name="架空 花子", narrative="役割分担に合意した"),
    )
    async with running.host.store.begin() as transaction:
        office = running.host.office(transaction, transaction.db, Origin("reaction:intake"))
        await accept(sent, open_desk(office))
    async with running.as_(OTHER_CLERK) as lead:
        assert "役割分担に合意した" in (await lead.get(where)).text
