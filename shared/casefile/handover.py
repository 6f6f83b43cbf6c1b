"""引継ぎ: one stream per hand-over received (architecture 6).

The hand-over and the fact that announces it travel on different subjects and may arrive in either
order. So the personal part has a stream of its own, named by the hand-over id that the fact
carries, and neither waits for the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.contracts.handover import ERASED, Handover
from shared.privacy.personal import Personal
from shared.sourcing.decider import Decider, Event
from shared.vocabulary.counter_file import CounterFile


class PersonalPartReceived(Event):
    """The personal part of a case came in, with the ground on which it travelled."""

    handover_id: UUID
    case_id: UUID
    from_team: str
    basis: str
    basis_reference: Personal[str] = None
    received_on: date
    name: Personal[str] = None
    kana: Personal[str] = None
    born_on: Personal[date] = None
    address: Personal[str] = None
    phone: Personal[str] = None
    household: Personal[str] = None
    narrative: Personal[str] = None
    wishes: Personal[str] = None
    file: Personal[CounterFile] = None
    """窓口の記録, where a counter handed the case on."""


def part_of(sent: Handover, *, on: date) -> PersonalPartReceived:
    """What came over the bus, as the event that keeps it."""
    personal, reference = sent.personal, sent.basis.reference
    return PersonalPartReceived(
        handover_id=sent.handover_id,
        case_id=sent.case_id,
        from_team=sent.from_team,
        basis=sent.basis.kind,
        basis_reference=None if reference == ERASED else reference,
        received_on=on,
        name=personal.name,
        kana=personal.kana,
        born_on=personal.born_on,
        address=personal.address,
        phone=personal.phone,
        household=personal.household,
        narrative=personal.narrative,
        wishes=personal.wishes,
        file=personal.file,
    )


@dataclass(frozen=True)
class ReceivedHandover:
    """Just big enough to say: we have it already."""

    known: bool = False


def evolve(_state: ReceivedHandover, _event: PersonalPartReceived) -> ReceivedHandover:
    return ReceivedHandover(known=True)


def receive(state: ReceivedHandover, *, part: PersonalPartReceived) -> list[PersonalPartReceived]:
    """A hand-over is taken over once; what comes again changes nothing."""
    return [] if state.known else [part]


handover: Decider[ReceivedHandover, PersonalPartReceived] = Decider(
    "handover", ReceivedHandover(), evolve, (PersonalPartReceived,)
)
