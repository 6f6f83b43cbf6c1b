"""What is done before a meeting: what was asked, brought to its decision; pages and JSON end here.

What is done at it and after lies in `minuting`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.coordination.asked import meeting as typed
from services.coordination.desk import Desk
from services.coordination.domain import calling
from services.coordination.domain.case import Case, agrees_to
from services.coordination.domain.inquiry import drop
from services.coordination.made import Made, listed
from services.coordination.read.callings import callings_with
from services.coordination.read.cases import CaseRow
from services.coordination.read.inquiries import inquiries_of
from services.coordination.summoning import call_referrers
from shared.privacy.access import Staff


@dataclass(frozen=True)
class Proposal:
    """An agency that should sit there, and why."""

    agency: str
    why: str


def proposed(rows: Iterable[CaseRow], roles: Iterable[str], asked: Iterable[str]) -> list[Proposal]:
    """M-1: members come from the cases: who referred, who has a role, who was asked. Each once."""
    reasons: dict[str, list[str]] = {}

    def add(agency: str | None, why: str) -> None:
        if agency and why not in reasons.setdefault(agency, []):
            reasons[agency].append(why)

    for row in rows:
        for counter in row.referrers:
            add(counter, "紹介元")
        add(row.contact_desk, "連絡窓口")
        add(row.lead_agency, "主担当")
    for agency in roles:
        add(agency, "プランの役割")
    for agency in asked:
        add(agency, "照会した機関")
    return [Proposal(agency, "、".join(why)) for agency, why in reasons.items()]


async def call_meeting(desk: Desk, asked: typed.CallForm) -> Made:
    """招集: with the cases that are known already."""
    meeting_id = desk.new_id()
    agenda = [(one, await desk.cases.state(one)) for one in dict.fromkeys(asked.cases)]
    acted = await desk.meetings.act(
        meeting_id,
        calling.call,
        meeting_id=meeting_id,
        notice=calling.Notice(asked.kind, asked.planned_on, asked.place, asked.rules),
        agenda=agenda,
        host=desk.city.offices.coordination,
        today=desk.clock.today(),
    )
    await call_referrers(desk, meeting_id)
    return Made(meeting_id, acted)


async def invite_members(desk: Desk, meeting_id: UUID, agencies: Sequence[str]) -> Made:
    """The members of this sitting, each confirmed."""
    state = await desk.meetings.state(meeting_id)
    known = [listed(desk, code, "agencies") for code in agencies]
    cases = [await desk.cases.state(one) for one in sorted(state.agenda)]
    acted = await desk.meetings.act(
        meeting_id,
        calling.invite,
        meeting_id=meeting_id,
        agencies=known,
        cases=cases,
        today=desk.clock.today(),
    )
    await call_referrers(desk, meeting_id)
    return Made(meeting_id, acted)


async def excuse_member(desk: Desk, meeting_id: UUID, agency: str) -> Made:
    acted = await desk.meetings.act(
        meeting_id,
        calling.excuse,
        meeting_id=meeting_id,
        agency=agency,
        host=desk.city.offices.coordination,
        today=desk.clock.today(),
    )
    await call_referrers(desk, meeting_id)
    return Made(meeting_id, acted)


async def accept_secrecy(desk: Desk, staff: Staff, meeting_id: UUID) -> Made:
    """M-1: who is signed in, for themselves."""
    acted = await desk.meetings.act(
        meeting_id,
        calling.accept_secrecy,
        meeting_id=meeting_id,
        agency=staff.agency or "",
        staff_id=staff.staff_id,
        name=staff.name,
        today=desk.clock.today(),
    )
    return Made(meeting_id, acted)


async def place_case(desk: Desk, meeting_id: UUID, case_id: UUID) -> Made:
    acted = await desk.meetings.act(
        meeting_id,
        calling.place,
        meeting_id=meeting_id,
        case_id=case_id,
        case=await desk.cases.state(case_id),
        today=desk.clock.today(),
    )
    await call_referrers(desk, meeting_id)
    return Made(meeting_id, acted)


async def take_case_off(desk: Desk, meeting_id: UUID, case_id: UUID) -> Made:
    acted = await desk.meetings.act(
        meeting_id,
        calling.take_off,
        meeting_id=meeting_id,
        case_id=case_id,
        why="other",
        today=desk.clock.today(),
    )
    await call_referrers(desk, meeting_id, case_id)
    return Made(meeting_id, acted)


async def call_meeting_off(desk: Desk, meeting_id: UUID) -> Made:
    acted = await desk.meetings.act(
        meeting_id, calling.call_off, meeting_id=meeting_id, today=desk.clock.today()
    )
    await call_referrers(desk, meeting_id)
    return Made(meeting_id, acted)


async def follow_consent(desk: Desk, case_id: UUID) -> None:
    """M-2: consent that came or went moves what it concerns, each as an event of its meeting, and
    nobody goes on being asked on a ground that is gone (N-01).

    A repeated command does the rest of what a broken one left.
    """
    case, today = await desk.cases.state(case_id), desk.clock.today()
    for meeting_id in await callings_with(desk.db, case_id):
        why = calling.why_off(await desk.meetings.state(meeting_id), case, today)
        if why is not None:
            await desk.meetings.act(
                meeting_id,
                calling.take_off,
                meeting_id=meeting_id,
                case_id=case_id,
                why=why,
                today=today,
            )
            await call_referrers(desk, meeting_id, case_id)
    for row in await inquiries_of(desk.db, case_id):
        if row.stage == "asked" and row.basis == "consent" and not covers(case, row.agency, today):
            await desk.inquiries.act(row.inquiry_id, drop, on=today)


def covers(case: Case, agency: str, today: date) -> bool:
    """Does the consent of today carry a question to this agency?"""
    return agrees_to(case, "sharing", today) and not case.scope.uncovered([agency])
