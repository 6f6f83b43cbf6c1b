"""窓口から窓口への紹介: one stream per referral, a closed loop (K-01, K-02).

Sent with a ground and a day by which an answer is due; taken or sent back with a reason; the sender
hears the end of it. Nothing lapses in silence (N-04): whoever waits may remind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias, assert_never
from uuid import UUID

from services.intake.domain.ground import BasisKind, Ground, firm
from shared.privacy.personal import Personal
from shared.sourcing.decider import Decider, Event, Refused


class Sent(Event):
    """紹介した: which counter, why, and until when an answer is expected."""

    referral_id: UUID
    consultation_id: UUID
    case_id: UUID
    from_counter: str
    to_counter: str
    sent_on: date
    answer_by: date
    basis: BasisKind
    basis_reference: Personal[str] = None
    why: Personal[str] = None


class Reminded(Event):
    """返事を頼み直した."""

    referral_id: UUID
    reminded_on: date


class Taken(Event):
    """紹介先が受けた: it goes on with the person, and the sender stays in touch."""

    referral_id: UUID
    consultation_id: UUID
    case_id: UUID
    to_counter: str
    taken_on: date


class SentBack(Event):
    """紹介先が戻した, with a reason."""

    referral_id: UUID
    consultation_id: UUID
    case_id: UUID
    to_counter: str
    reason: str
    sent_back_on: date
    note: Personal[str] = None


class Withdrawn(Event):
    """紹介を取り消した, before an answer came."""

    referral_id: UUID
    consultation_id: UUID
    case_id: UUID
    withdrawn_on: date


class Finished(Event):
    """紹介先での対応が終わった: what the sender is told at the end."""

    referral_id: UUID
    consultation_id: UUID
    case_id: UUID
    to_counter: str
    outcome: str
    finished_on: date
    note: Personal[str] = None


ReferralEvent: TypeAlias = Sent | Reminded | Taken | SentBack | Withdrawn | Finished


class Stage(StrEnum):
    UNKNOWN = "unknown"
    SENT = "sent"
    TAKEN = "taken"
    SENT_BACK = "sent-back"
    WITHDRAWN = "withdrawn"
    FINISHED = "finished"


@dataclass(frozen=True)
class Referral:
    """What the two counters owe each other now."""

    stage: Stage = Stage.UNKNOWN
    sent: Sent | None = None
    reminded_on: date | None = None
    taken_on: date | None = None


def evolve(state: Referral, event: ReferralEvent) -> Referral:
    match event:
        case Sent():
            return Referral(Stage.SENT, event)
        case Reminded():
            return replace(state, reminded_on=event.reminded_on)
        case Taken():
            return replace(state, stage=Stage.TAKEN, taken_on=event.taken_on)
        case SentBack():
            return replace(state, stage=Stage.SENT_BACK)
        case Withdrawn():
            return replace(state, stage=Stage.WITHDRAWN)
        case Finished():
            return replace(state, stage=Stage.FINISHED)
        case _:
            assert_never(event)


@dataclass(frozen=True)
class Address:
    """Whose consultation goes from which counter to which."""

    consultation_id: UUID
    case_id: UUID
    from_counter: str
    to_counter: str


def send(
    state: Referral,
    *,
    referral_id: UUID,
    address: Address,
    ground: Ground,
    why: str,
    on: date,
    days: int,
) -> list[ReferralEvent]:
    """To another counter, on a ground, with a reason the receiver understands."""
    if state.sent is not None:
        if (state.sent.from_counter, state.sent.why) == (address.from_counter, why.strip()):
            return []
        raise Refused("referral-runs-already")
    if address.to_counter == address.from_counter:
        raise Refused("referral-to-oneself")
    if not why.strip():
        raise Refused("referral-why-missing")
    basis, reference = firm(ground, on)
    return [
        Sent(
            referral_id=referral_id,
            consultation_id=address.consultation_id,
            case_id=address.case_id,
            from_counter=address.from_counter,
            to_counter=address.to_counter,
            sent_on=on,
            answer_by=on + timedelta(days=days),
            basis=basis,
            basis_reference=reference,
            why=why.strip(),
        )
    ]


def remind(state: Referral, *, on: date) -> list[ReferralEvent]:
    """Once a day is enough."""
    sent = _waiting(state)
    if state.reminded_on == on:
        return []
    return [Reminded(referral_id=sent.referral_id, reminded_on=on)]


def take(state: Referral, *, on: date) -> list[ReferralEvent]:
    if state.stage is Stage.TAKEN:
        return []
    sent = _waiting(state)
    return [
        Taken(
            referral_id=sent.referral_id,
            consultation_id=sent.consultation_id,
            case_id=sent.case_id,
            to_counter=sent.to_counter,
            taken_on=on,
        )
    ]


def send_back(state: Referral, *, reason: str, note: str, on: date) -> list[ReferralEvent]:
    """Also after it was taken, when it turns out not to fit."""
    if state.stage is Stage.SENT_BACK:
        return []
    sent = _running(state)
    return [
        SentBack(
            referral_id=sent.referral_id,
            consultation_id=sent.consultation_id,
            case_id=sent.case_id,
            to_counter=sent.to_counter,
            reason=reason,
            sent_back_on=on,
            note=note.strip() or None,
        )
    ]


def withdraw(state: Referral, *, on: date) -> list[ReferralEvent]:
    """Only as long as nobody has answered."""
    if state.stage is Stage.WITHDRAWN:
        return []
    sent = _waiting(state)
    return [
        Withdrawn(
            referral_id=sent.referral_id,
            consultation_id=sent.consultation_id,
            case_id=sent.case_id,
            withdrawn_on=on,
        )
    ]


def finish(state: Referral, *, outcome: str, note: str, on: date) -> list[ReferralEvent]:
    """The receiver tells the sender how it ended."""
    if state.stage is Stage.FINISHED:
        return []
    sent = _running(state)
    if state.stage is not Stage.TAKEN:
        raise Refused("referral-not-taken")
    return [
        Finished(
            referral_id=sent.referral_id,
            consultation_id=sent.consultation_id,
            case_id=sent.case_id,
            to_counter=sent.to_counter,
            outcome=outcome,
            finished_on=on,
            note=note.strip() or None,
        )
    ]


def _waiting(state: Referral) -> Sent:
    sent = _running(state)
    if state.stage is not Stage.SENT:
        raise Refused("referral-answered")
    return sent


def _running(state: Referral) -> Sent:
    if state.sent is None:
        raise Refused("referral-unknown")
    if state.stage not in (Stage.SENT, Stage.TAKEN):
        raise Refused("referral-over")
    return state.sent


referral: Decider[Referral, ReferralEvent] = Decider(
    "referral",
    Referral(),
    evolve,
    (Sent, Reminded, Taken, SentBack, Withdrawn, Finished),
)
