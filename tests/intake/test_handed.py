"""主担当のケース that intake never received: led, shown, and gone on with (T-08, T-10, N-01)."""

from __future__ import annotations

from uuid import UUID

from services.intake.desk import open_desk
from shared.casefile.hearing import accept
from shared.contracts.coordination import CaseClosed, CaseReopened
from shared.contracts.handover import Handover, LegalBasis, PersonalPart
from shared.sourcing.log import Origin
from tests.intake.conftest import CLERK, OTHER_CLERK, Running
from tests.intake.examples import CASE, HANDOVER, TODAY
from tests.intake.test_reactions import ABOUT, hear

CLOSURE = UUID(int=7)
CLOSED = CaseClosed(**ABOUT, closure_id=CLOSURE, lead_agency="C-04", reason="roles-agreed")
REOPENED = CaseReopened(**ABOUT, resumption_id=UUID(int=8), closure_id=CLOSURE, reason="change")
SENT = Handover(
    handover_id=HANDOVER,
    from_team="coordination",
    to_team="intake",
    case_id=CASE,
    occurred_on=TODAY,
    basis=LegalBasis(kind="consent", reference="c-1"),
    personal=PersonalPart(name="架空 花子", narrative="役割分担に合意した"),
)


async def handed_over(running: Running) -> None:
    await hear(running, CLOSED)
    async with running.host.store.begin() as transaction:
        office = running.host.office(transaction, transaction.db, Origin("reaction:intake"))
        await accept(SENT, open_desk(office))


async def test_a_case_that_came_by_another_way_is_among_those_the_counter_leads(
    running: Running,
) -> None:
    await handed_over(running)
    async with running.as_(OTHER_CLERK) as lead:
        page = (await lead.get("/intake/led")).text
        assert "架空 花子" in page
        assert "役割分担に合意した" in page
        assert f"/intake/consultations/new?case={CASE}" in page
        [told] = (await lead.get("/intake/api/led/handed-over")).json()
        assert (told["case_id"], told["name"], told["basis"]) == (str(CASE), "架空 花子", "consent")
    assert await running.sights() == [("clerk-4", "引き継がれた記録")] * 2
    async with running.as_(CLERK) as other:
        assert "架空 花子" not in (await other.get("/intake/led")).text
        assert (await other.get("/intake/api/led/handed-over")).json() == []


async def test_without_a_hand_over_the_counter_knows_that_it_leads(running: Running) -> None:
    await hear(running, CLOSED)
    async with running.as_(OTHER_CLERK) as lead:
        assert "お名前の引継ぎのない方" in (await lead.get("/intake/led")).text
    assert await running.sights() == []


async def test_a_new_consultation_begins_with_who_was_handed_over_and_joins_the_list(
    running: Running,
) -> None:
    await handed_over(running)
    async with running.as_(OTHER_CLERK) as lead:
        form = (await lead.get(f"/intake/consultations/new?case={CASE}")).text
        assert 'value="架空 花子"' in form
        body = {
            "counter": "C-04",
            "received_on": str(TODAY),
            "channel": "visit",
            "source": "self",
            "name": "架空 花子",
            "content": "また眠れない",
            "case": str(CASE),
            "command_id": "n",
        }
        received = await lead.post("/intake/consultations", data=body)
        assert received.status_code == 303, received.text
        assert (await lead.get("/intake/api/led/handed-over")).json() == []
        assert [row["case_id"] for row in (await lead.get("/intake/api/led")).json()] == [str(CASE)]


async def test_what_goes_on_is_led_no_longer(running: Running) -> None:
    await handed_over(running)
    await hear(running, REOPENED)
    async with running.as_(OTHER_CLERK) as lead:
        assert "架空 花子" not in (await lead.get("/intake/led")).text
