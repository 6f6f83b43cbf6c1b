"""What a hand-over shows depends on its legal basis and on who looks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from shared.casefile.handover import PersonalPartReceived
from shared.casefile.history import present, recorded_by
from shared.casefile.showing import lines, person_for
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


@pytest.mark.parametrize(
    ("reference", "ground"),
    [
        ("第3回", "本人の同意：第3回"),
        ("0671a3a2-2f44-515f-9d66-4bf094d52b97", "本人の同意"),
        (None, "本人の同意"),
    ],
)
def test_the_ground_is_named_without_ids(reference: str | None, ground: str) -> None:
    nurse = Staff("n-1", "保健師", Role.NURSE, "C-08")
    part = PART.model_copy(update={"basis_reference": reference})
    said = lines(person_for(nurse, RULE, part), str)
    assert said[-1] == ("情報を受け取った根拠", ground)


def test_the_history_names_people_and_no_machinery() -> None:
    assert [recorded_by(actor) for actor in ("local:nurse", "s-17", "reaction:outreach")] == [
        "nurse",
        "s-17",
        "",
    ]
    assert present(("内容", "会えた"), ("まとめ", None), ("次", "")) == [("内容", "会えた")]
