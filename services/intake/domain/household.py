"""世帯: who belongs to a person, one stream per case (F-02, domain 4.2).

Dated: a member joined, and moved out or died; the record of who lived there stays. What was
written by mistake is struck out, with everything else of its history.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias, assert_never
from uuid import UUID, uuid5

from shared.privacy.personal import Personal
from shared.sourcing.decider import Decider, Event, Refused
from shared.vocabulary.relations import KIN, Living, Relation, Sex

Leaving: TypeAlias = Literal["moved-out", "died", "mistake"]
MOST = 30
"""Members of one household at the most, as on the sheet."""


class Details(Event):
    """What is written of one member."""

    relation: Relation
    sex: Sex = "unknown"
    living: Living = "together"
    joined_on: date | None = None
    name: Personal[str] = None
    kana: Personal[str] = None
    born_on: Personal[date] = None
    occupation: Personal[str] = None
    note: Personal[str] = None


class MemberAdded(Details):
    """世帯員を記録した."""

    case_id: UUID
    member_id: UUID
    recorded_on: date


class MemberCorrected(Details):
    """世帯員の記録を直した."""

    case_id: UUID
    member_id: UUID
    recorded_on: date


class MemberLeft(Event):
    """転出した, 亡くなった, or was written by mistake."""

    case_id: UUID
    member_id: UUID
    why: Leaving
    left_on: date


HouseholdEvent: TypeAlias = MemberAdded | MemberCorrected | MemberLeft


@dataclass(frozen=True)
class Member:
    """One member as recorded now."""

    member_id: UUID
    details: Details
    edition: int = 1
    """How often it was written down."""
    left_on: date | None = None
    why: Leaving | None = None

    @property
    def living(self) -> Living:
        """Where the member is now: who moved out lives apart."""
        if self.why == "died":
            return "deceased"
        return "apart" if self.why == "moved-out" else self.details.living

    @property
    def sex(self) -> Sex:
        """What the 続柄 says; else what was written."""
        said = KIN[self.details.relation].sex
        return self.details.sex if said == "unknown" else said


@dataclass(frozen=True)
class Household:
    """All members ever recorded, in the order of the record."""

    by_id: dict[UUID, Member] | None = None

    @property
    def members(self) -> list[Member]:
        """Those who are or were members; slips of the pen left out."""
        return [one for one in (self.by_id or {}).values() if one.why != "mistake"]


def household_id(case_id: UUID) -> UUID:
    """The stream of a case's household, whatever else bears the case id."""
    return uuid5(case_id, "household")


def evolve(state: Household, event: HouseholdEvent) -> Household:
    known = state.by_id or {}
    match event:
        case MemberAdded():
            return Household(known | {event.member_id: Member(event.member_id, _of(event))})
        case MemberCorrected():
            former = known.get(event.member_id, Member(event.member_id, _of(event)))
            edition = former.edition + 1
            again = replace(former, details=_of(event), edition=edition)
            return Household(known | {event.member_id: again})
        case MemberLeft():
            if event.member_id not in known:
                return state
            gone = replace(known[event.member_id], left_on=event.left_on, why=event.why)
            return Household(known | {event.member_id: gone})
        case _:
            assert_never(event)


def add_member(
    state: Household, *, case_id: UUID, member_id: UUID, details: Details, today: date
) -> list[HouseholdEvent]:
    """F-02: a member is written down with 続柄; a name is not needed (G-4)."""
    if member_id in (state.by_id or {}):
        return []
    if len(state.members) >= MOST:
        raise Refused("household-full")
    _check(state, member_id, details, today)
    added = MemberAdded(**dict(details), case_id=case_id, member_id=member_id, recorded_on=today)
    return [added]


def correct_member(
    state: Household,
    *,
    case_id: UUID,
    member_id: UUID,
    details: Details,
    today: date,
    edition: int | None = None,
) -> list[HouseholdEvent]:
    """What was written is put right, on the edition that was seen; what stood there before stays in
    the history.
    """
    member = _member(state, member_id)
    if member.details == details:
        return []
    if edition is not None and edition != member.edition:
        raise Refused("member-changed-meanwhile")
    _check(state, member_id, details, today)
    if details.joined_on and member.left_on and member.left_on < details.joined_on:
        raise Refused("left-before-joined")
    return [
        MemberCorrected(**dict(details), case_id=case_id, member_id=member_id, recorded_on=today)
    ]


def let_member_go(
    state: Household, *, case_id: UUID, member_id: UUID, why: Leaving, on: date, today: date
) -> list[HouseholdEvent]:
    """Moved out, died, or never was one. Who moved out may die later; the first word said stays."""
    member = (state.by_id or {}).get(member_id)
    if member is not None and member.why == why:
        return []
    member = _member(state, member_id)
    if why == "moved-out" and member.why == "died":
        raise Refused("member-died")
    if on > today:
        raise Refused("left-in-future")
    if why != "mistake" and member.details.joined_on and on < member.details.joined_on:
        raise Refused("left-before-joined")
    return [MemberLeft(case_id=case_id, member_id=member_id, why=why, left_on=on)]


def _check(state: Household, member_id: UUID, details: Details, today: date) -> None:
    if details.born_on is not None and details.born_on > today:
        raise Refused("member-born-in-future")
    if details.joined_on is not None and details.joined_on > today:
        raise Refused("joined-in-future")
    if details.relation == "self" and any(
        one.details.relation == "self" and one.member_id != member_id for one in state.members
    ):
        raise Refused("self-recorded-already")


def _member(state: Household, member_id: UUID) -> Member:
    member = (state.by_id or {}).get(member_id)
    if member is None or member.why == "mistake":
        raise Refused("member-unknown")
    return member


def _of(event: Details) -> Details:
    return Details(**{name: getattr(event, name) for name in Details.model_fields})


household: Decider[Household, HouseholdEvent] = Decider(
    "household", Household(), evolve, (MemberAdded, MemberCorrected, MemberLeft)
)
