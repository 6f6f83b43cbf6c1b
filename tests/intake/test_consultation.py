"""相談の規則: three questions per verb, and the loop of T-02x."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.intake.domain.consultation import consultation, receive
from services.intake.domain.escalating import escalate, note_acceptance, take_back
from services.intake.domain.filing import Filed, as_filed
from services.intake.domain.ground import Ground
from services.intake.domain.linking import attach
from services.intake.domain.sheet import Sheet
from services.intake.published import handovers
from shared.vocabulary.counter_file import (
    CounterFile,
    WrittenAssessment,
    WrittenMember,
    WrittenSheet,
    WrittenTie,
)
from tests.given import scenario
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
    accepted,
    attached,
    escalated,
    received,
    sheet,
    taken_back,
)

given = scenario(consultation)
RECEIVING: dict[str, Any] = {
    "consultation_id": CONSULTATION,
    "case_id": CASE,
    "sheet": SHEET,
    "today": TODAY,
}
ESCALATING: dict[str, Any] = {
    "escalation_id": FIRST,
    "handover_id": HANDOVER,
    "reasons": ("complex",),
    "ground": CONSENT,
    "on": TODAY,
    "today": TODAY,
}


def test_whoever_comes_is_received() -> None:
    given().when(receive, **RECEIVING).then(received())


def test_somebody_without_a_name_or_an_address_is_received_too() -> None:
    bare = Sheet(
        counter="C-99",
        channel="phone",
        source="neighbour",
        received_on=TODAY,
        content="公園に人がいる",
    )
    given().when(receive, **RECEIVING | {"sheet": bare}).then(
        received(
            **dict(bare) | {"age_band": "unknown"},
        )
    )


def test_a_returning_person_joins_the_known_case() -> None:
    asked = RECEIVING | {"case_id": KNOWN_CASE, "returning": True}
    given().when(receive, **asked).then(received(case_id=KNOWN_CASE, returning=True))


def test_receiving_twice_changes_nothing() -> None:
    given(received()).when(receive, **RECEIVING).then_nothing()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (sheet(received_on=TODAY + timedelta(days=1)), "received-in-future"),
        (sheet(born_on=date(2026, 11, 21)), "born-in-future"),
        (sheet(main_issue="i01"), "main-issue-not-ticked"),
        (sheet(content=None, wishes=None, issues=(), main_issue=None), "nothing-written"),
    ],
)
def test_what_cannot_be_true_is_not_stored(wrong: Sheet, code: str) -> None:
    given().when(receive, **RECEIVING | {"sheet": wrong}).then_refused(code)


def test_a_consultation_is_attached_to_a_known_case() -> None:
    asked = {"case_id": KNOWN_CASE, "former_case_id": CASE, "on": TODAY}
    given(received()).when(attach, **asked).then(attached())


def test_attaching_to_the_former_case_undoes_it() -> None:
    asked = {"case_id": CASE, "former_case_id": KNOWN_CASE, "on": TODAY}
    given(received(), attached()).when(attach, **asked).then(attached(CASE, KNOWN_CASE))


def test_attaching_twice_changes_nothing() -> None:
    asked = {"case_id": KNOWN_CASE, "former_case_id": CASE, "on": TODAY}
    given(received(), attached()).when(attach, **asked).then_nothing()


def test_an_unknown_consultation_is_not_attached() -> None:
    asked = {"case_id": KNOWN_CASE, "former_case_id": CASE, "on": TODAY}
    given().when(attach, **asked).then_refused("consultation-unknown")


def test_a_screen_that_is_out_of_date_attaches_nothing() -> None:
    asked = {"case_id": SECOND, "former_case_id": CASE, "on": TODAY}
    given(received(), attached()).when(attach, **asked).then_refused("attached-meanwhile")


@pytest.mark.parametrize("history", [(escalated(),), (escalated(), accepted())])
def test_what_coordination_works_on_stays_with_its_case(history: tuple[Any, ...]) -> None:
    asked = {"case_id": KNOWN_CASE, "former_case_id": CASE, "on": TODAY}
    code = "escalated-stays-with-its-case"
    given(received(), *history).when(attach, **asked).then_refused(code)


def test_what_came_back_may_be_attached() -> None:
    asked = {"case_id": KNOWN_CASE, "former_case_id": CASE, "on": TODAY}
    given(received(), escalated(), taken_back()).when(attach, **asked).then(attached())


def test_a_consultation_is_escalated_with_what_was_told() -> None:
    given(received()).when(escalate, **ESCALATING).then(escalated())


def test_household_ties_and_assessment_go_on_with_the_sheet() -> None:
    """K-03: nothing that was asked of the person is asked again."""
    filed = Filed(
        (WrittenMember(member_id=UUID(int=1), relation="son", name="架空 太郎"),),
        (WrittenTie(tie_id=UUID(int=2), kind="weak", who="民生委員"),),
        WrittenAssessment(edition=1, assessed_on=TODAY, answers={"health": "通院中"}),
    )
    sheet = as_filed(SHEET, returning=False)
    file = CounterFile(
        sheet=sheet, members=filed.members, ties=filed.ties, assessment=filed.assessment
    )
    event = escalated().model_copy(update={"file": file})
    given(received()).when(escalate, **ESCALATING, filed=filed).then(event)
    sent = handovers(event)
    assert sent is not None
    assert sent.personal.file == file
    assert sent.emptied().personal.file is None


def test_nothing_written_on_the_sheet_is_left_behind() -> None:
    """The hand-over has every field of the sheet but what only the counter works with."""
    assert Sheet.model_fields.keys() - WrittenSheet.model_fields.keys() == {
        "programme",
        "place_note",
    }


def test_what_was_attached_is_escalated_under_the_known_case() -> None:
    given(received(), attached()).when(escalate, **ESCALATING).then(escalated(case_id=KNOWN_CASE))


def test_escalating_twice_changes_nothing() -> None:
    given(received(), escalated()).when(escalate, **ESCALATING).then_nothing()


def test_a_second_escalation_waits_for_the_answer_to_the_first() -> None:
    again = ESCALATING | {"escalation_id": SECOND}
    given(received(), escalated()).when(escalate, **again).then_refused("already-escalated")
    given(received(), escalated(), accepted()).when(escalate, **again).then_refused(
        "already-escalated"
    )


def test_what_came_back_may_be_escalated_again() -> None:
    again = ESCALATING | {"escalation_id": SECOND}
    given(received(), escalated(), taken_back()).when(escalate, **again).then(escalated(SECOND))


@pytest.mark.parametrize("ground", [Ground(None, "x"), Ground("consent", "  "), Ground(None, "")])
def test_nothing_is_passed_on_without_a_legal_basis(ground: Ground) -> None:
    given(received()).when(escalate, **ESCALATING | {"ground": ground}).then_refused(
        "basis-missing"
    )


def test_a_consent_has_its_day() -> None:
    asked = ESCALATING | {"ground": Ground("consent", "口頭で")}
    given(received()).when(escalate, **asked).then_refused("consent-day-missing")
    asked = ESCALATING | {"ground": Ground("consent", "2026-11-24")}
    given(received()).when(escalate, **asked).then_refused("consent-in-future")


@pytest.mark.parametrize("kind", ["urgency", "other-law", "support-meeting"])
def test_other_grounds_are_named_in_words(kind: Any) -> None:
    [event] = escalate(
        consultation.fold([received()]), **ESCALATING | {"ground": Ground(kind, " x ")}
    )
    assert (event.basis, event.basis_reference) == (kind, "x")  # type: ignore[union-attr]  # it is Escalated


def test_an_escalation_names_its_reasons() -> None:
    given(received()).when(escalate, **ESCALATING | {"reasons": ()}).then_refused("reasons-missing")


def test_an_unknown_consultation_is_not_escalated() -> None:
    given().when(escalate, **ESCALATING).then_refused("consultation-unknown")


def test_the_acceptance_is_noted() -> None:
    given(received(), escalated()).when(note_acceptance, escalation_id=FIRST, on=TODAY).then(
        accepted()
    )


def test_an_acceptance_that_fits_nothing_changes_nothing() -> None:
    asked: dict[str, Any] = {"escalation_id": FIRST, "on": TODAY}
    given().when(note_acceptance, **asked).then_nothing()
    given(received(), escalated(), accepted()).when(note_acceptance, **asked).then_nothing()
    given(received(), escalated(), taken_back()).when(note_acceptance, **asked).then_nothing()
    given(received(), escalated(SECOND)).when(note_acceptance, **asked).then_nothing()


RETURN: dict[str, Any] = {"escalation_id": FIRST, "reason": "ordinary-cooperation", "on": TODAY}


@pytest.mark.parametrize("history", [(), (accepted(),)])
def test_what_coordination_returns_is_ours_again(history: tuple[Any, ...]) -> None:
    given(received(), escalated(), *history).when(take_back, **RETURN).then(taken_back())


def test_a_return_that_fits_nothing_changes_nothing() -> None:
    given().when(take_back, **RETURN).then_nothing()
    given(received()).when(take_back, **RETURN).then_nothing()
    given(received(), escalated(), taken_back()).when(take_back, **RETURN).then_nothing()


def test_a_late_old_return_does_not_take_back_a_newer_escalation() -> None:
    story = (received(), escalated(), taken_back(), escalated(SECOND))
    given(*story).when(take_back, **RETURN).then_nothing()
    given(*story, accepted(SECOND)).when(take_back, **RETURN).then_nothing()


def test_a_day_of_escalation_between_reception_and_today() -> None:
    earlier = ESCALATING | {"on": date(2026, 11, 21)}
    that_day = escalated().model_copy(update={"escalated_on": date(2026, 11, 21)})
    given(received()).when(escalate, **earlier).then(that_day)
    tomorrow = ESCALATING | {"on": TODAY + timedelta(days=1)}
    given(received()).when(escalate, **tomorrow).then_refused("escalated-in-future")
    before = ESCALATING | {"on": date(2026, 11, 19)}
    given(received()).when(escalate, **before).then_refused("escalated-before-received")
