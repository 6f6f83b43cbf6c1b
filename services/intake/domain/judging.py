"""分野を超えた対応 (X-24): the rule asked again, and what staff put right."""

from __future__ import annotations

from datetime import date
from typing import TypedDict
from uuid import UUID

from services.intake.domain.beyond import RULE, FieldCorrected, FieldJudged
from services.intake.domain.consultation import Consultation, ConsultationEvent
from shared.sourcing.decider import Refused


def judge_field(state: Consultation, *, beyond: bool, today: date) -> list[ConsultationEvent]:
    """The household was written down. What staff put right stays as they said."""
    verdict = state.verdict
    if verdict is None or verdict.rule is None or verdict.beyond == beyond:
        return []
    return [FieldJudged(**_whose(state), beyond=beyond, rule=RULE, judged_on=today)]


def correct_field(
    state: Consultation, *, beyond: bool, reason: str, today: date
) -> list[ConsultationEvent]:
    """X-24: staff know better than the rule, and say why."""
    if state.sheet is None:
        raise Refused("consultation-unknown")
    if state.verdict is None:
        raise Refused("counter-without-field")
    if state.verdict.beyond == beyond:
        return []
    if not reason.strip():
        raise Refused("field-reason-missing")
    return [FieldCorrected(**_whose(state), beyond=beyond, reason=reason, corrected_on=today)]


class _Whose(TypedDict):
    consultation_id: UUID
    case_id: UUID
    counter: str
    programme: str
    received_on: date
    nurse_district: str | None


def _whose(state: Consultation) -> _Whose:
    sheet = state.sheet
    if sheet is None:
        raise Refused("consultation-unknown")
    case_id: UUID = state.case_id or sheet.case_id
    return {
        "consultation_id": sheet.consultation_id,
        "case_id": case_id,
        "counter": sheet.counter,
        "programme": sheet.programme or "",
        "received_on": sheet.received_on,
        "nurse_district": state.district,
    }
