"""招集: a meeting before it is held, its members and its agenda (1.10, F-05, M-1, M-2)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.coordination.domain.case import Case, Consent, Phase, agrees_to, known
from services.coordination.domain.meeting import (
    Called,
    CalledOff,
    Excused,
    Invited,
    Meeting,
    MeetingEvent,
    Placed,
    TakenOff,
    TakenOffWhy,
    meeting,
)
from services.coordination.domain.minuted import MeetingKind, SecrecyAccepted, oath
from shared.sourcing.decider import Refused

MOST_DAYS_AHEAD = 366


@dataclass(frozen=True)
class Notice:
    """招集通知: which meeting, when and where."""

    kind: MeetingKind
    planned_on: date
    place: str
    rules: str


def call(
    state: Meeting,
    *,
    meeting_id: UUID,
    notice: Notice,
    agenda: Sequence[tuple[UUID, Case]],
    host: str,
    today: date,
) -> list[MeetingEvent]:
    """随時: for a day to come, with the cases that are known already. The host is a member."""
    if state.kind is not None:
        return []
    if notice.planned_on < today:
        raise Refused("meeting-in-past")
    if (notice.planned_on - today).days > MOST_DAYS_AHEAD:
        raise Refused("meeting-too-far")
    events: list[MeetingEvent] = [
        Called(
            meeting_id=meeting_id,
            kind=notice.kind,
            planned_on=notice.planned_on,
            place=notice.place,
            rules=notice.rules,
            called_on=today,
        ),
        Invited(meeting_id=meeting_id, agency=host, invited_on=today),
    ]
    called = meeting.fold(events)
    for case_id, case in dict(agenda).items():
        events += place(called, meeting_id=meeting_id, case_id=case_id, case=case, today=today)
    return events


def place(
    state: Meeting, *, meeting_id: UUID, case_id: UUID, case: Case, today: date
) -> list[MeetingEvent]:
    """A case for the agenda. A 重層的支援会議 takes it with consent that covers those invited."""
    if case_id in state.agenda:
        return []
    on = _to_come(state)
    known(case)
    if case.phase is Phase.WAITING and state.kind == "plan-meeting":
        raise Refused("case-waiting")
    if state.kind == "plan-meeting":
        _covered(case, on, state.invited)
    return [Placed(meeting_id=meeting_id, case_id=case_id, placed_on=today)]


def invite(
    state: Meeting,
    *,
    meeting_id: UUID,
    agencies: Collection[str],
    cases: Sequence[Case],
    today: date,
) -> list[MeetingEvent]:
    """Members are confirmed sitting by sitting; with consent only those it reaches."""
    new = [one for one in dict.fromkeys(agencies) if one not in state.invited]
    if not new:
        return []
    on = _to_come(state)
    if state.kind == "plan-meeting":
        for case in cases:
            _covered(case, on, new)
    return [Invited(meeting_id=meeting_id, agency=one, invited_on=today) for one in new]


def excuse(
    state: Meeting, *, meeting_id: UUID, agency: str, host: str, today: date
) -> list[MeetingEvent]:
    """Not this time. The host stays."""
    if agency not in state.invited:
        return []
    _to_come(state)
    if agency == host:
        raise Refused("host-stays")
    return [Excused(meeting_id=meeting_id, agency=agency, excused_on=today)]


def accept_secrecy(
    state: Meeting, *, meeting_id: UUID, agency: str, staff_id: str, name: str, today: date
) -> list[MeetingEvent]:
    """M-1: each person for themselves, before they see material."""
    person = oath(agency, staff_id=staff_id)
    if person in state.oaths:
        return []
    if person is None or agency not in (state.invited if state.held_on is None else state.members):
        raise Refused("not-invited")
    return [
        SecrecyAccepted(
            meeting_id=meeting_id,
            agency=agency,
            accepted_on=today,
            staff_id=staff_id,
            name=name,
        )
    ]


def take_off(
    state: Meeting, *, meeting_id: UUID, case_id: UUID, why: TakenOffWhy, today: date
) -> list[MeetingEvent]:
    """Off the agenda, as long as the meeting is to come; later there is nothing to take off."""
    if case_id not in state.agenda or state.held_on is not None or state.called_off:
        return []
    return [TakenOff(meeting_id=meeting_id, case_id=case_id, why=why, taken_off_on=today)]


def call_off(state: Meeting, *, meeting_id: UUID, today: date) -> list[MeetingEvent]:
    """取りやめ."""
    if state.called_off:
        return []
    _to_come(state)
    return [CalledOff(meeting_id=meeting_id, called_off_on=today)]


def why_off(state: Meeting, case: Case, today: date) -> TakenOffWhy | None:
    """Why a case cannot stay on the agenda of a meeting to come; None while it can (M-2)."""
    on = max(today, state.planned_on or today)
    if state.kind == "support-meeting":
        return "consent-given" if agrees_to(case, "plan", on) else None
    if case.consent is not Consent.GIVEN:
        return "consent-withdrawn"
    covered = agrees_to(case, "plan", on) and not case.scope.uncovered(state.invited)
    return None if covered else "not-covered"


def _to_come(state: Meeting) -> date:
    """The planned day of a meeting that is still to come."""
    if state.planned_on is None:
        raise Refused("meeting-unknown")
    if state.called_off:
        raise Refused("meeting-called-off")
    if state.held_on is not None:
        raise Refused("meeting-held")
    return state.planned_on


def _covered(case: Case, on: date, agencies: Collection[str]) -> None:
    if case.consent is not Consent.GIVEN:
        raise Refused("consent-missing")
    case.scope.check("plan", on, agencies)
