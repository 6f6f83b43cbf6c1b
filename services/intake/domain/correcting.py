"""票を直す (S-01): a name learned later, a mistyped phone, another urgency, 課題 found since.

Which counter received it, and on which day, stays: it says whose the record is and for which year
it counts. What was handed on with an escalation stays as it was handed on.
"""

from __future__ import annotations

from datetime import date

from services.intake.domain.consultation import Consultation, ConsultationEvent, evolve
from services.intake.domain.judging import judge_field
from services.intake.domain.sheet import Sheet, SheetCorrected, check, written
from shared.sourcing.decider import Refused
from shared.vocabulary.ages import age_band

FIXED = ("counter", "programme", "received_on")


def correct_sheet(
    state: Consultation, *, sheet: Sheet, edition: int, beyond: bool | None, today: date
) -> list[ConsultationEvent]:
    """The sheet as it should read, on the edition that was seen; X-24 is judged in the same breath.

    `beyond`: what the rule says of the sheet as it should read.
    """
    former = state.sheet
    if former is None:
        raise Refused("consultation-unknown")
    stays = {name: getattr(former, name) for name in FIXED}
    now, before = written(sheet) | stays, written(former)
    changed = tuple(name for name in now if now[name] != before[name])
    if not changed:
        return []
    if edition != state.edition:
        raise Refused("sheet-changed-meanwhile")
    check(sheet.model_copy(update=stays), today)
    corrected = SheetCorrected.model_validate(
        now
        | {
            "consultation_id": former.consultation_id,
            "case_id": former.case_id,
            "of_case": state.case_id or former.case_id,
            "edition": edition + 1,
            "changed": changed,
            "corrected_on": today,
            "age_band": age_band(sheet.born_on, former.received_on),
            "former_age_band": former.age_band,
            "former_channel": former.channel,
            "former_source": former.source,
            "former_issues": former.issues,
            "former_catchment": former.catchment,
            "former_nurse_district": former.nurse_district,
        }
    )
    if beyond is None:
        return [corrected]
    return [corrected, *judge_field(evolve(state, corrected), beyond=beyond, today=today)]
