"""Where somebody lives, and where an escalation comes from, as far as facts say it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.reporting.fold import COLUMNS
from shared.contracts import outreach
from tests.reporting.examples import CASE, received, tipped
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
