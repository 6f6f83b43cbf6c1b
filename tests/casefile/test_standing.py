"""A case that was closed and resumed, told late and twice (T-08, T-09)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shared.casefile.handover import PersonalPartReceived, handover, receive
from shared.casefile.standing import SetDown, TakenUp, set_down, standing, take_up
from tests.given import scenario

given = scenario(standing)
CASE = UUID("0198f000-0000-7000-8000-0000000000c1")
FIRST = UUID("0198f000-0000-7000-8000-0000000000e1")
SECOND = UUID("0198f000-0000-7000-8000-0000000000e2")
DAY = date(2026, 11, 23)


def closed(closure: UUID = FIRST) -> SetDown:
    return SetDown(case_id=CASE, closure_id=closure, lead_agency="C-01", closed_on=DAY)


def reopened(closure: UUID = FIRST) -> TakenUp:
    return TakenUp(case_id=CASE, closure_id=closure, reopened_on=DAY)


def test_a_closure_is_noted() -> None:
    given().when(set_down, case_id=CASE, closure_id=FIRST, lead_agency="C-01", on=DAY).then(
        closed()
    )


def test_a_late_copy_of_an_undone_closure_closes_nothing() -> None:
    given(closed(), reopened()).when(
        set_down, case_id=CASE, closure_id=FIRST, lead_agency="C-01", on=DAY
    ).then_nothing()


def test_a_resumption_is_noted() -> None:
    given(closed()).when(take_up, case_id=CASE, closure_id=FIRST, on=DAY).then(reopened())


def test_a_late_copy_of_the_first_resumption_does_not_undo_the_second_closure() -> None:
    given(closed(), reopened(), closed(SECOND)).when(
        take_up, case_id=CASE, closure_id=FIRST, on=DAY
    ).then_nothing()


def test_a_hand_over_is_taken_once() -> None:
    part = PersonalPartReceived(
        handover_id=FIRST,
        case_id=CASE,
        from_team="coordination",
        basis="consent",
        received_on=DAY,
        name="架空 花子",
    )
    scenario(handover)().when(receive, part=part).then(part)
