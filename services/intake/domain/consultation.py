"""相談: one stream per consultation, one approach to one counter (K-01 to K-04, T-01, T-02x).

`case_id` is whose history it belongs to and whose key encrypts what the person told. Several
consultations may share a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias, assert_never, get_args
from uuid import UUID

from services.intake.domain.beyond import RULE, FieldCorrected, FieldJudged, Verdict, verdict_of
from services.intake.domain.ground import ASKED, Asked, BasisKind
from services.intake.domain.sheet import Sheet, SheetCorrected, check, written
from shared.privacy.personal import Personal
from shared.sourcing.decider import Decider, Event, Refused
from shared.vocabulary.ages import AgeBand, age_band
from shared.vocabulary.counter_file import CounterFile


class Received(Sheet):
    """受け止めた (K-01, K-02, K-04). `returning`: the case was known before this consultation."""

    consultation_id: UUID
    case_id: UUID
    returning: bool = False
    age_band: AgeBand = "unknown"
    beyond: bool | None = None
    """分野を超えた対応 by `beyond_rule` (X-24); None where the counter has no field of its own."""
    beyond_rule: int | None = None


class Attached(Event):
    """既知のケースに合わせた (F-20). Attaching to the former case again undoes it."""

    consultation_id: UUID
    case_id: UUID
    former_case_id: UUID
    attached_on: date


class Detached(Event):
    """別の方だとわかり、ケースから離した (F-20): the consultation has its own case again."""

    consultation_id: UUID
    case_id: UUID
    former_case_id: UUID
    detached_on: date
    reason: Personal[str] = None


class Escalated(Event):
    """多機関協働へつないだ (K-03, T-01): what is handed over, and on which ground."""

    consultation_id: UUID
    case_id: UUID
    escalation_id: UUID
    handover_id: UUID
    counter: str
    reasons: tuple[str, ...]
    escalated_on: date
    basis: BasisKind | Asked
    """`support-meeting-asked`: no ground yet, so nothing of the person is in here (T-03)."""
    basis_reference: Personal[str] = None
    age_band: AgeBand = "unknown"
    household_size: int | None = None
    issues: tuple[str, ...] = ()
    catchment: str | None = None
    nurse_district: str | None = None
    name: Personal[str] = None
    kana: Personal[str] = None
    born_on: Personal[date] = None
    phone: Personal[str] = None
    address: Personal[str] = None
    narrative: Personal[str] = None
    wishes: Personal[str] = None
    file: Personal[CounterFile] = None
    """窓口の記録, whole."""


class CalledToMeeting(Event):
    """支援会議に呼ばれた: a sitting on whose ground the person may be named (T-03, 106条の6)."""

    consultation_id: UUID
    escalation_id: UUID
    meeting_id: UUID
    call_id: UUID
    called_on: date


class MeetingCalledOff(Event):
    """That sitting does not take place, or without us or the case: nothing is handed over on it."""

    consultation_id: UUID
    call_id: UUID
    called_off_on: date


class PartHandedOver(Event):
    """支援会議に渡した: what the escalation left with us, on the ground that came since."""

    consultation_id: UUID
    case_id: UUID
    escalation_id: UUID
    handover_id: UUID
    handed_on: date
    basis: BasisKind
    basis_reference: Personal[str] = None
    household_size: int | None = None
    name: Personal[str] = None
    kana: Personal[str] = None
    born_on: Personal[date] = None
    phone: Personal[str] = None
    address: Personal[str] = None
    narrative: Personal[str] = None
    wishes: Personal[str] = None
    file: Personal[CounterFile] = None
    """窓口の記録, whole, as it is now."""


class Accepted(Event):
    """多機関協働で受けた (T-01)."""

    consultation_id: UUID
    escalation_id: UUID
    accepted_on: date


class TakenBack(Event):
    """戻ってきた、連携は続ける (T-02x)."""

    consultation_id: UUID
    escalation_id: UUID
    reason: str
    returned_on: date


ConsultationEvent: TypeAlias = (
    Received
    | SheetCorrected
    | Attached
    | Detached
    | Escalated
    | CalledToMeeting
    | MeetingCalledOff
    | PartHandedOver
    | Accepted
    | TakenBack
    | FieldJudged
    | FieldCorrected
)


class Status(StrEnum):
    UNKNOWN = "unknown"
    OPEN = "open"
    ESCALATED = "escalated"
    """The answer of 多機関協働 is awaited."""
    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True)
class Consultation:
    """Just big enough to decide: the sheet is needed again when it is handed on."""

    status: Status = Status.UNKNOWN
    sheet: Received | None = None
    """As it was received, with what was put right since."""
    district: str | None = None
    """Where the person lived by the first writing: there it is counted (Q-01)."""
    edition: int = 1
    """How often the sheet was written down."""
    case_id: UUID | None = None
    escalation_id: UUID | None = None
    """The newest escalation: answers to an older one no longer fit."""
    escalations: frozenset[UUID] = frozenset()
    nameless: Escalated | None = None
    """The escalation that asked for a 支援会議, while its personal part is still here."""
    supplied: UUID | None = None
    """The escalation whose personal part followed later."""
    calls: Mapping[UUID, UUID] = field(default_factory=dict)
    """Call → the 支援会議 we are called to with it."""
    heard: frozenset[UUID] = frozenset()
    """Every call, called off or not: a late copy of one is not a new one."""
    verdict: Verdict | None = None
    own_case: UUID | None = None
    """The case made for this consultation; None when it was received as one of a known case."""


def evolve(state: Consultation, event: ConsultationEvent) -> Consultation:
    match event:
        case Received():
            said = None if event.beyond is None else Verdict(event.beyond, event.beyond_rule)
            own = None if event.returning else event.case_id
            opened = Consultation(Status.OPEN, event, event.nurse_district)
            return replace(opened, case_id=event.case_id, verdict=said, own_case=own)
        case SheetCorrected():
            return _put_right(state, event)
        case Attached() | Detached():
            own = event.case_id if isinstance(event, Detached) else state.own_case
            return replace(state, case_id=event.case_id, own_case=own)
        case Escalated():
            return replace(
                state,
                status=Status.ESCALATED,
                escalation_id=event.escalation_id,
                escalations=state.escalations | {event.escalation_id},
                nameless=event if event.basis == ASKED else None,
                calls={},
            )
        case FieldJudged() | FieldCorrected():
            return replace(state, verdict=verdict_of(event))
        case _:
            return _since(state, event)


def _since(
    state: Consultation,
    event: CalledToMeeting | MeetingCalledOff | PartHandedOver | Accepted | TakenBack,
) -> Consultation:
    """What became of the escalation."""
    match event:
        case Accepted():
            return replace(state, status=Status.ACCEPTED)
        case TakenBack():
            return replace(state, status=Status.RETURNED, nameless=None, calls={})
        case CalledToMeeting():
            calls = {**state.calls, event.call_id: event.meeting_id}
            return replace(state, calls=calls, heard=state.heard | {event.call_id})
        case MeetingCalledOff():
            left = {one: what for one, what in state.calls.items() if one != event.call_id}
            return replace(state, calls=left)
        case PartHandedOver():
            return replace(state, nameless=None, calls={}, supplied=event.escalation_id)
        case _:
            assert_never(event)


def _put_right(state: Consultation, event: SheetCorrected) -> Consultation:
    if state.sheet is None:
        return state
    now = written(event) | {"age_band": event.age_band}
    return replace(state, sheet=state.sheet.model_copy(update=now), edition=event.edition)


def receive(
    state: Consultation,
    *,
    consultation_id: UUID,
    case_id: UUID,
    sheet: Sheet,
    today: date,
    returning: bool = False,
    beyond: bool | None = None,
) -> list[ConsultationEvent]:
    """K-01, K-04: whoever comes is received, with or without a name (G-4)."""
    if state.sheet is not None:
        return []
    check(sheet, today)
    return [
        Received(
            **dict(sheet),
            consultation_id=consultation_id,
            case_id=case_id,
            returning=returning,
            age_band=age_band(sheet.born_on, sheet.received_on),
            beyond=beyond,
            beyond_rule=None if beyond is None else RULE,
        )
    ]


def known(state: Consultation) -> Received:
    if state.sheet is None:
        raise Refused("consultation-unknown")
    return state.sheet


consultation: Decider[Consultation, ConsultationEvent] = Decider(
    "consultation", Consultation(), evolve, get_args(ConsultationEvent)
)
