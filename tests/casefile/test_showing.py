"""What a hand-over shows depends on its legal basis and on who looks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from shared.casefile.handover import PersonalPartReceived
from shared.casefile.showing import person_for
from shared.privacy.access import AccessRule, Role, Staff

RULE = AccessRule("outreach.request", frozenset({Role.NURSE, Role.COORDINATOR}), personal=True)
PART = PersonalPartReceived(
    handover_id=UUID(int=1),
    case_id=UUID(int=2),
    from_team="coordination",
    basis="consent",
    received_on=date(2026, 11, 23),
    name="架空 花子",
    address="架空町1-1",
    narrative="三年ほど家にいる",
)


@pytest.mark.parametrize("basis", ["consent", "support-meeting", "other-law", "urgency"])
def test_a_nurse_sees_what_was_handed_over(basis: str) -> None:
    nurse = Staff("n-1", "保健師", Role.NURSE, "C-08")
    seen = person_for(nurse, RULE, PART.model_copy(update={"basis": basis}))
    assert (seen.name, seen.address, seen.narrative) == (
        "架空 花子",
        "架空町1-1",
        "三年ほど家にいる",
    )
    assert not seen.withheld


def test_a_manager_sees_nobody() -> None:
    manager = Staff("m-1", "管理職", Role.MANAGER, "C-08")
    seen = person_for(manager, RULE, PART)
    assert (seen.name, seen.address, seen.narrative, seen.withheld) == (None, None, None, True)
