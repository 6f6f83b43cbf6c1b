"""支援プラン: agreed in a 重層的支援会議, agreed again when it is reviewed (T-05, T-07)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.coordination.domain.case import Case, Consent, opened
from services.coordination.domain.events import (
    CaseEvent,
    PlanAgreed,
)
from services.coordination.domain.meeting import Meeting
from services.coordination.domain.sheet import Sheet, agencies_of
from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class Role:
    """役割分担: an agency, what it does, and until when in the words of the meeting."""

    agency: str
    task: str
    until: str = ""


@dataclass(frozen=True)
class Draft:
    """What the meeting agreed on."""

    goal: str
    problems: str
    contact_desk: str
    roles: Sequence[Role]
    review_on: date
    participation: bool = False
    outreach: bool = False
    sheet: Sheet | None = None


def agree_plan(
    state: Case,
    *,
    plan_id: UUID,
    meeting_id: UUID,
    meeting: Meeting,
    draft: Draft,
    on: date,
    today: date,
    cleared: bool = True,
) -> list[CaseEvent]:
    """T-05, T-07: consent and a 重層的支援会議 make a plan. `cleared`: signed as the city asks."""
    if plan_id in state.done:
        return []
    case_id = opened(state)
    consent_id = _consented(state, draft, on)
    _set_by(meeting, case_id, on)
    _complete(draft, on, today, cleared=cleared)
    return [
        PlanAgreed(
            case_id=case_id,
            plan_id=plan_id,
            round=state.round + 1,
            meeting_id=meeting_id,
            consent_id=consent_id,
            agreed_on=on,
            review_on=draft.review_on,
            contact_desk=draft.contact_desk,
            agencies=tuple(role.agency for role in draft.roles),
            tasks=tuple(role.task for role in draft.roles),
            until=_until(draft),
            problems=draft.problems,
            goal=draft.goal,
            participation=draft.participation,
            outreach=draft.outreach,
            sheet=draft.sheet,
            counter=state.referrer,
            nurse_district=state.nurse_district,
        )
    ]


def _consented(state: Case, draft: Draft, on: date) -> UUID:
    """The consent it rests on: given before, and wide enough for those who take part."""
    if state.consent is not Consent.GIVEN or state.consent_id is None:
        raise Refused("consent-missing")
    if state.consented_on is not None and on < state.consented_on:
        raise Refused("plan-before-consent")
    state.scope.check("plan", on, [role.agency for role in draft.roles if role.agency])
    return state.consent_id


def _until(draft: Draft) -> tuple[str, ...] | None:
    days = tuple(role.until for role in draft.roles)
    return days if any(days) else None


def _set_by(meeting: Meeting, case_id: UUID, on: date) -> None:
    """M-3: nothing that a 支援会議 said may count as a plan."""
    if meeting.kind is None:
        raise Refused("meeting-unknown")
    if meeting.kind != "plan-meeting":
        raise Refused("support-meeting-makes-no-plan")
    if case_id not in meeting.cases:
        raise Refused("meeting-without-case")
    if meeting.held_on is not None and on < meeting.held_on:
        raise Refused("plan-before-meeting")


def _complete(draft: Draft, on: date, today: date, *, cleared: bool) -> None:
    if not cleared:
        raise Refused("approval-missing")
    if not draft.roles:
        raise Refused("roles-missing")
    if on > today:
        raise Refused("day-in-future")
    if draft.review_on <= on:
        raise Refused("review-not-after-plan")


def agreement_of(sheet: Sheet) -> Draft:
    """What a written sheet says, ready to be agreed on. Raises Refused where something is open."""
    if not sheet.goals or not all(one.problem and one.goal for one in sheet.goals):
        raise Refused("goals-missing")
    if not all(one.who and one.what for one in sheet.tasks):
        raise Refused("role-incomplete")
    if sheet.contact_desk is None:
        raise Refused("contact-desk-missing")
    if sheet.review_on is None:
        raise Refused("review-missing")
    if sheet.begins_on and sheet.ends_on and sheet.ends_on < sheet.begins_on:
        raise Refused("period-backwards")
    return Draft(
        goal=sheet.aim or "\n".join(one.goal for one in sheet.goals),
        problems="\n".join(f"{n}. {one.problem}" for n, one in enumerate(sheet.goals, 1)),
        contact_desk=sheet.contact_desk,
        roles=[_role(sheet, agency) for agency in agencies_of(sheet)],
        review_on=sheet.review_on,
        participation=sheet.participation,
        outreach=sheet.outreach,
        sheet=sheet,
    )


def _role(sheet: Sheet, agency: str) -> Role:
    """役割分担: all that one agency does."""
    mine = [one for one in sheet.tasks if one.who == agency]
    until = "、".join(dict.fromkeys(one.until for one in mine if one.until))
    return Role(agency, "、".join(one.what for one in mine), until)
