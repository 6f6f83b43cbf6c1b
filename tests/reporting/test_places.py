"""Where somebody lives, and where an escalation comes from, as far as facts say it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.reporting.fold import COLUMNS
from services.reporting.indicators import Memory
from services.reporting.tables import apply_batch
from shared.contracts import outreach
from shared.sourcing.log import Connection
from tests.reporting.examples import (
    CASE,
    agreed,
    applied,
    corrected,
    matched,
    put_right,
    received,
    recorded,
    registered,
    reviewed,
    started,
    tell,
    tipped,
    withdrawn,
)
from tests.reporting.test_indicators import counted, sums


def test_consultations_and_tips_are_counted_where_somebody_lives() -> None:
    """By 担当地区 and 日常生活圏域, as far as the fact says it; never by town."""
    known = received(source="neighbour", nurse_district="d1", catchment="c1")
    tip = tipped("shop").model_copy(update={"nurse_district": "d2", "catchment": "c1"})
    for indicator, expected in (
        ("Q-02", {"district:d1": 1, "catchment:c1": 1}),
        ("Q-03", {"district:d1": 2, "catchment:c1": 2}),
        ("Q-28", {"district:d1": 1, "district:d2": 1, "catchment:c1": 2, "counter:C-08": 1}),
        ("S-02", {"district:d1": 1, "catchment:c1": 1}),
    ):
        found = sums(indicator, known, tip)
        assert expected.items() <= found.items()
        whole = sum(n for dim, n in found.items() if dim.startswith("district:"))
        assert whole == found[""], "districts add up to the figure"


def test_what_helping_teams_do_is_counted_where_the_person_lives() -> None:
    at = {"nurse_district": "d1"}
    beyond = received(counter="C-01", programme="1イ", beyond_field=True, nurse_district="d1")
    no_longer = reviewed(beyond=False).model_copy(update=at)
    for indicator, *facts in (
        ("Q-01", beyond),
        ("Q-01", beyond, beyond, no_longer),
        ("Q-06", matched().model_copy(update=at)),
        ("Q-06", matched(), matched().model_copy(update=at), withdrawn()),
        ("Q-27", started().model_copy(update=at)),
        ("Q-29", applied().model_copy(update=at | {"counter": "C-01"})),
        ("Q-31", agreed(nurse_district="d1", counter="C-01")),
    ):
        found = sums(indicator, *facts)
        assert (found[""], found["district:d1"]) == (1, 1), indicator
        if indicator in ("Q-29", "Q-31"):
            assert found["counter:C-01"] == 1, "from which counter the case came"


def test_a_session_is_counted_in_the_area_that_its_place_had_when_it_was_written() -> None:
    """The area is the directory's: a comma in it is no border between two codes."""
    place = registered(5).model_copy(update={"area": "草花, 西"})
    moved = corrected(5, "gathering").model_copy(update={"area": "雨間"})
    held = recorded("ikiiki-session", participants=8).model_copy(
        update={"resource_id": place.resource_id}
    )
    assert sums("Q-13", place, held, moved) == {"": 8, "area:草花、 西": 8}
    right = put_right(held.model_copy(update={"counts": {"participants": 9}}))
    assert sums("Q-13", place, held, moved, right) == {"": 9, "area:草花、 西": 0, "area:雨間": 9}
    assert sums("Q-05", place, moved)["kind:gathering"] == 1, "its kind stays"


async def test_the_area_is_remembered_from_batch_to_batch(db: Connection) -> None:
    place = registered(5).model_copy(update={"area": "草花"})
    held = recorded("ikiiki-session", participants=8).model_copy(
        update={"resource_id": place.resource_id}
    )
    for told in tell([place, held, put_right(held)]):
        async with db.transaction():
            await apply_batch(db, [told], Memory("C-08"))
    areas = await db.fetch("SELECT dim, value FROM indicator_values WHERE dim LIKE 'area:%'")
    assert [tuple(row) for row in areas] == [("area:草花", 8)]


def test_a_need_that_outreach_proposes_is_an_escalation() -> None:
    """Coordination accepts it under the id of the proposal."""
    proposal = UUID(int=7)
    folded = counted(
        outreach.LatentNeedProposed(
            occurred_on=date(2026, 5, 7),
            case_id=CASE,
            proposal_id=proposal,
            lead_id=UUID(int=8),
            counter="C-08",
            reasons=("unmet",),
            handover_id=UUID(int=9),
            basis="consent",
        )
    )
    things = [
        (row[COLUMNS.index("dims")], row[COLUMNS.index("thing")])
        for row in folded.rows
        if row[0] == "S-01"
    ]
    assert things == [(("step:escalated",), proposal)]
