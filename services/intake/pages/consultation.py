"""相談の記録: what happened, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from services.intake.access import VIEW, Bond, bond, may_see
from services.intake.desk import Desk
from services.intake.domain.beyond import FieldCorrected, FieldJudged
from services.intake.domain.consultation import (
    Accepted,
    Attached,
    CalledToMeeting,
    ConsultationEvent,
    Detached,
    Escalated,
    MeetingCalledOff,
    PartHandedOver,
    Received,
    TakenBack,
    consultation,
)
from services.intake.domain.sheet import SheetCorrected
from services.intake.noting import notes_for
from services.intake.pages.family_view import Former, family_of, formers_of
from services.intake.pages.field import in_words, judgement_in_words
from services.intake.pages.forms import SheetForm
from services.intake.read.escalations import EscalationRow, escalations_of
from services.intake.read.handovers import newest_handover
from services.intake.read.referrals import ReferralRow, referrals_of
from services.intake.read.searching import ConsultationRow, consultation_row, of_case
from services.intake.showing import Line, Told, lines_for, standing_of, told_to
from services.intake.words import (
    AGE_BANDS,
    BASIS,
    ESCALATION_BASIS,
    NO_ADDRESS,
    NO_NAME,
    PLACE_NOTES,
    STAGE,
    STAGE_TONE,
)
from shared.casefile.family import Family
from shared.casefile.handover import PersonalPartReceived
from shared.casefile.history import recorded_by
from shared.casefile.noting import note_lines
from shared.casefile.progress import Noted
from shared.privacy.access import Basis, FieldClass, Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.sourcing.log import Recorded
from shared.vocabulary.relations import SEX
from shared.web.desks import desk_of
from shared.web.pages import Pages
from shared.web.render import render

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True)
class Step:
    """One line of 経過."""

    at: datetime
    day: date
    title: str
    more: str
    actor: str


@dataclass(frozen=True)
class ConsultationPage:
    row: ConsultationRow
    tie: Bond
    told: Told
    who: str
    status: str
    tone: str
    age: str
    steps: list[tuple[str, str]]
    history: list[Step]
    escalations: list[EscalationRow]
    referrals: list[tuple[ReferralRow, str, str]]
    """To and from other counters, with stage and tone; for the two counters only."""

    others: list[Line]
    handed: PersonalPartReceived | None
    """What 多機関協働 handed back to the 主担当 when the case was closed (T-08)."""

    issues: str
    topics: str
    beyond: str
    """分野を超えた対応 in words (X-24); empty where the counter has no field of its own."""

    place: str
    """Why the areas are open, in words; empty where they are known (G-3, G-4)."""

    family: Family | None
    """The household, for those who may read what was told."""

    notes: list[tuple[date, str, list[tuple[str, str]], str]]
    """支援経過, newest first: day, how, what, by whom."""
    formers: list[Former]
    """What was written before consultations joined this case."""

    sexes: Mapping[str, str]
    naming: list[UUID] | None
    """支援会議 on whose ground the person may be handed over (T-03); None: nobody waits for one."""

    @property
    def may_escalate(self) -> bool:
        return self.tie.may_act and self.row.status in ("open", "returned")


@pages.get("/consultations/{consultation_id}", rule=VIEW)
async def show_consultation(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await consultation_row(desk.db, consultation_id)
    if row is None:
        raise Refused("consultation-unknown")
    staff: Staff = request.state.staff
    tie = bond(staff, row)
    status, tone = standing_of(row)
    told = await told_to(desk, staff, row, VIEW)
    readable = may_see(staff, row, VIEW, FieldClass.NARRATIVE)
    history = await desk.consultations.history(consultation_id)
    state = consultation.fold([one.event for one in history])
    cases = [r for r in await of_case(desk.db, row.case_id) if r.consultation_id != consultation_id]
    page = ConsultationPage(
        row=row,
        tie=tie,
        told=told,
        who=(told.name or NO_NAME)
        if tie.sees_somebody
        else f"{desk.city.label('counters', row.counter)}の相談",
        status=status,
        tone=tone,
        age=AGE_BANDS[row.age_band],
        steps=steps_of(row),
        history=[_step(desk, one, readable=readable) for one in reversed(history)],
        escalations=await escalations_of(desk.db, consultation_id),
        referrals=await _referrals(desk, staff, tie, consultation_id),
        others=await lines_for(desk, staff, cases, VIEW),
        handed=await _handed(desk, staff, row),
        issues=marked(desk, "issues", row.issues, row.main_issue),
        topics=_topics(desk, told),
        beyond=in_words(state.verdict),
        place=place_in_words(row, state.sheet),
        family=await family_of(desk, staff, row, told),
        formers=await formers_of(desk, staff, row),
        notes=[_noted(desk, one) for one in await notes_for(desk, staff, row)],
        sexes=SEX,
        naming=list(dict.fromkeys(state.calls.values())) if state.nameless else None,
    )
    return render(request, "consultation.html", page)


def _noted(desk: Desk, one: Recorded[Noted]) -> tuple[date, str, list[tuple[str, str]], str]:
    kind = desk.city.label("progress_kinds", one.event.kind)
    lines = note_lines(desk.city, one.event)
    return one.event.noted_on, kind, lines, recorded_by(one.origin.actor)


async def _referrals(
    desk: Desk, staff: Staff, tie: Bond, consultation_id: UUID
) -> list[tuple[ReferralRow, str, str]]:
    found = await referrals_of(desk.db, consultation_id) if tie.sees_somebody else []
    mine = [one for one in found if staff.agency in (one.from_counter, one.to_counter)]
    return [(one, STAGE[one.stage], STAGE_TONE[one.stage]) for one in mine]


def _topics(desk: Desk, told: Told) -> str:
    return marked(desk, "topics", told.sheet.topics, told.sheet.main_topic) if told.sheet else ""


def marked(desk: Desk, kind: str, ticked: Sequence[str], main: str | None) -> str:
    """◎ first, then ○."""
    first = [f"◎{desk.city.label(kind, main)}"] if main else []
    return "　".join([*first, *(f"○{desk.city.label(kind, c)}" for c in ticked if c != main)])


async def _handed(desk: Desk, staff: Staff, row: ConsultationRow) -> PersonalPartReceived | None:
    """Only for the 主担当, and logged with the ground of the hand-over."""
    if row.lead_agency is None or row.lead_agency != staff.agency or row.led_on is None:
        return None
    await saw(desk.db, staff, [row.case_id], "引き継がれた記録", Basis(row.led_on))
    found = await newest_handover(desk.db, row.case_id)
    history = await desk.handovers.history(found) if found else []
    return history[0].event if history else None


def steps_of(row: ConsultationRow) -> list[tuple[str, str]]:
    """受付 → つなぐ → 多機関協働で対応 → 終結, and where this consultation stands."""
    now = {"open": 1, "returned": 1, "escalated": 2, "accepted": 2}[row.status]
    now = 4 if row.closed_on else now
    names = ("受付", "窓口で対応", "多機関協働", "終結")
    return [
        (name, "done" if at < now else "now" if at == now else "next")
        for at, name in enumerate(names)
    ]


def _step(desk: Desk, one: Recorded[ConsultationEvent], *, readable: bool) -> Step:
    """A reason in staff's own words may tell of the person: for who may read the story."""
    day, title, more = _words(desk, one.event)
    if readable and isinstance(one.event, FieldCorrected | Detached) and one.event.reason:
        more = f"理由: {one.event.reason}"
    return Step(one.recorded_at, day, title, more, recorded_by(one.origin.actor))


def _words(desk: Desk, event: ConsultationEvent) -> tuple[date, str, str]:
    city = desk.city
    match event:
        case Received():
            return event.received_on, "相談を受け付けました", city.label("counters", event.counter)
        case SheetCorrected():
            return event.corrected_on, "票を直しました", _put_right(event)
        case Attached() | Detached():
            return _linked(event)
        case Escalated():
            reasons = "、".join(city.label("reasons", code) for code in event.reasons)
            more = f"理由: {reasons}／根拠: {ESCALATION_BASIS[event.basis]}"
            return event.escalated_on, "多機関協働へつなぎました", more
        case FieldJudged() | FieldCorrected():
            return judgement_in_words(event)
        case _:
            return _answered(desk, event)


def _answered(
    desk: Desk,
    event: CalledToMeeting | MeetingCalledOff | PartHandedOver | Accepted | TakenBack,
) -> tuple[date, str, str]:
    match event:
        case Accepted():
            return event.accepted_on, "多機関協働が受けました", ""
        case TakenBack():
            why = desk.city.label("return_reasons", event.reason)
            return event.returned_on, "窓口に戻ってきました（連携は続きます）", why
        case CalledToMeeting():
            return event.called_on, "支援会議に呼ばれました", ""
        case MeetingCalledOff():
            return event.called_off_on, "支援会議の呼びかけが取り消されました", ""
        case PartHandedOver():
            return (
                event.handed_on,
                "お名前と記録を多機関協働に渡しました",
                f"根拠: {BASIS[event.basis]}",
            )


def place_in_words(row: ConsultationRow, sheet: Received | None) -> str:
    """An area nobody mapped is not the same as no address. It names no place."""
    if row.catchment and row.nurse_district:
        return ""
    note = sheet.place_note if sheet else None
    if note is None and not row.catchment:
        return NO_ADDRESS
    return PLACE_NOTES.get(note or "", "")


def _put_right(event: SheetCorrected) -> str:
    """Which fields, not what they say."""
    named = SheetForm.model_fields
    return "、".join(str(named[one].title) for one in event.changed if one in named)


def _linked(event: Attached | Detached) -> tuple[date, str, str]:
    if isinstance(event, Detached):
        return event.detached_on, "別の方だったため、ケースから離しました", ""
    return event.attached_on, "既知のケースに合わせました", ""
