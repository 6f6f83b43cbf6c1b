"""Named states of a consultation. All persons are invented."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.intake.domain.consultation import (
    Accepted,
    Attached,
    Escalated,
    Received,
    TakenBack,
)
from services.intake.domain.filing import as_filed
from services.intake.domain.ground import Ground
from services.intake.domain.sheet import Sheet
from shared.vocabulary.counter_file import CounterFile

TODAY = date(2026, 11, 23)
CONSULTATION = UUID(int=0xC0)
CASE = UUID(int=0xCA)
KNOWN_CASE = UUID(int=0xCB)
FIRST, SECOND = UUID(int=0xE1), UUID(int=0xE2)
HANDOVER = UUID(int=0xF1)
CONSENT = Ground("consent", "2026-11-20")

SHEET = Sheet(
    counter="C-01",
    channel="visit",
    source="self",
    received_on=date(2026, 11, 20),
    household_size=2,
    issues=("i09", "i15"),
    main_issue="i09",
    town="amema",
    catchment="ca-tobu",
    nurse_district="nd-higashi-akiru-a",
    name="架空 花子",
    kana="カクウ ハナコ",
    born_on=date(1946, 3, 1),
    phone="0425550100",
    address="雨間 1-2-3",
    content="家賃が払えない。息子は長く家にいる。",
    wishes="静かに暮らしたい",
)


def sheet(**changes: Any) -> Sheet:
    return SHEET.model_copy(update=changes)


def received(**changes: Any) -> Received:
    usual: dict[str, Any] = {"consultation_id": CONSULTATION, "case_id": CASE, "age_band": "75+"}
    return Received(**(dict(SHEET) | usual | changes))


def attached(case_id: UUID = KNOWN_CASE, former: UUID = CASE) -> Attached:
    return Attached(
        consultation_id=CONSULTATION, case_id=case_id, former_case_id=former, attached_on=TODAY
    )


def escalated(escalation_id: UUID = FIRST, case_id: UUID = CASE) -> Escalated:
    handed: dict[str, Any] = {
        "age_band": "75+",
        "household_size": 2,
        "issues": SHEET.issues,
        "catchment": SHEET.catchment,
        "nurse_district": SHEET.nurse_district,
        "name": SHEET.name,
        "kana": SHEET.kana,
        "born_on": SHEET.born_on,
        "phone": SHEET.phone,
        "address": SHEET.address,
        "narrative": SHEET.content,
        "wishes": SHEET.wishes,
    }
    return Escalated(
        consultation_id=CONSULTATION,
        case_id=case_id,
        escalation_id=escalation_id,
        handover_id=HANDOVER,
        counter="C-01",
        reasons=("complex",),
        escalated_on=TODAY,
        basis="consent",
        basis_reference="2026-11-20",
        file=CounterFile(sheet=as_filed(SHEET, returning=case_id != CASE)),
        **handed,
    )


def accepted(escalation_id: UUID = FIRST) -> Accepted:
    return Accepted(consultation_id=CONSULTATION, escalation_id=escalation_id, accepted_on=TODAY)


def taken_back(escalation_id: UUID = FIRST) -> TakenBack:
    return TakenBack(
        consultation_id=CONSULTATION,
        escalation_id=escalation_id,
        reason="ordinary-cooperation",
        returned_on=TODAY,
    )
