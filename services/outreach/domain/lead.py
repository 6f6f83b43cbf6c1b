"""把握: one stream per person somebody noticed before there is a case (T-30, X-23, N-08).

Often nobody knows a name. What was told lies under the lead's own key, so it can be erased when
its time is over and nothing came of it. Who it was, once that is known, is a later event: what was
written before stays as it was written.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import ClassVar, Literal, TypeAlias, assert_never
from uuid import UUID

from shared.privacy.personal import Personal
from shared.sourcing.days import day_between
from shared.sourcing.decider import Decider, Event, Refused

BasisKind: TypeAlias = Literal["consent", "support-meeting", "other-law", "urgency"]
"""法的根拠 on which a latent need is told to coordination."""


class OfLead(Event):
    """What is told about a lead is encrypted under the lead's own key."""

    subject_field: ClassVar[str] = "lead_id"
    lead_id: UUID


class Noticed(OfLead):
    """Somebody told us (`source`), or we saw it ourselves on a round (no source)."""

    noticed_on: date
    source: str | None = None
    round_id: UUID | None = None
    catchment: str | None = None
    nurse_district: str | None = None
    keep_until: date
    name: Personal[str] = None
    town: Personal[str] = None
    place: Personal[str] = None
    teller: Personal[str] = None
    story: Personal[str] = None


class Contacted(OfLead):
    """We went there or called; perhaps we know the name now."""

    contact_id: UUID
    contacted_on: date
    method: str
    met: bool
    keep_until: date
    name: Personal[str] = None
    reaction: Personal[str] = None
    safety_note: Personal[str] = None
    next_step: Personal[str] = None
    next_on: date | None = None
    trust: str | None = None
    """信頼関係の段階, as whoever went there sees it."""


class Joined(OfLead):
    """It is the person of this case: the lead is kept as long as the case is (X-23)."""

    request_id: UUID | None
    """None: of a case that 多機関協働 has and for which outreach was not asked yet."""
    case_id: UUID
    joined_on: date


class Proposed(OfLead):
    """潜在的な支援ニーズ: 多機関協働 is asked to look at it, with what is known, on a ground."""

    case_id: UUID
    proposal_id: UUID
    handover_id: UUID
    counter: str
    reasons: tuple[str, ...]
    catchment: str | None = None
    nurse_district: str | None = None
    basis: BasisKind
    basis_reference: Personal[str] = None
    proposed_on: date
    name: Personal[str] = None
    address: Personal[str] = None
    story: Personal[str] = None


class Answered(OfLead):
    """多機関協働 took it, or gave it back; given back, it is kept for a while longer."""

    proposal_id: UUID
    accepted: bool
    answered_on: date
    keep_until: date


class Expired(OfLead):
    """Its time was over, and nothing came of it: what was told is erased (N-08)."""

    expired_on: date


LeadEvent: TypeAlias = Noticed | Contacted | Joined | Proposed | Answered | Expired


@dataclass(frozen=True)
class Tip:
    """What came to our ears, in the words of whoever told it."""

    source: str | None = None
    round_id: UUID | None = None
    name: str | None = None
    town: str | None = None
    place: str | None = None
    teller: str | None = None
    story: str | None = None


@dataclass(frozen=True)
class ContactNote:
    """What comes back from a contact with somebody who is no case yet."""

    method: str
    met: bool
    name: str | None = None
    reaction: str | None = None
    safety_note: str | None = None
    next_step: str | None = None
    next_on: date | None = None
    trust: str | None = None


@dataclass(frozen=True)
class Lead:
    """Just big enough to decide."""

    noticed: Noticed | None = None
    contacts: frozenset[UUID] = frozenset()
    keep_until: date | None = None
    name: str | None = None
    """The name told last."""
    joined: Joined | None = None
    proposed: Proposed | None = None
    """The last proposal."""
    answer: bool | None = None
    """What 多機関協働 said to it; None: nothing yet."""
    proposals: frozenset[UUID] = frozenset()
    expired_on: date | None = None


def evolve(state: Lead, event: LeadEvent) -> Lead:
    match event:
        case Noticed():
            return Lead(event, keep_until=event.keep_until, name=event.name)
        case Contacted():
            name = event.name or state.name
            until = max(event.keep_until, state.keep_until or event.keep_until)
            return replace(
                state, contacts=state.contacts | {event.contact_id}, keep_until=until, name=name
            )
        case Joined():
            return replace(state, joined=event)
        case Proposed():
            proposals = state.proposals | {event.proposal_id}
            return replace(state, proposed=event, answer=None, proposals=proposals)
        case Answered():
            until = max(event.keep_until, state.keep_until or event.keep_until)
            return replace(state, answer=event.accepted, keep_until=until)
        case Expired():
            return replace(state, expired_on=event.expired_on)
        case _:
            assert_never(event)


def kept_until(on: date, days: int) -> date:
    """The last day on which an unlinked lead is kept: so many days after somebody last spoke."""
    return on + timedelta(days=days)


def notice(
    state: Lead,
    *,
    lead_id: UUID,
    tip: Tip,
    catchment: str | None,
    nurse_district: str | None,
    on: date,
    today: date,
    days: int,
) -> list[LeadEvent]:
    """T-30: somebody may need help. A name is not needed, but something must have been told.

    What is written down late is kept from the day it was written (N-08).
    """
    if state.noticed is not None:
        return []
    day_between(on, today, since=None, otherwise="day-in-future")
    if not tip.story:
        raise Refused("story-missing")
    if tip.source is None and tip.round_id is None:
        raise Refused("source-missing")
    return [
        Noticed(
            lead_id=lead_id,
            noticed_on=on,
            source=tip.source,
            round_id=tip.round_id,
            catchment=catchment,
            nurse_district=nurse_district,
            keep_until=kept_until(today, days),
            name=tip.name,
            town=tip.town,
            place=tip.place,
            teller=tip.teller,
            story=tip.story,
        )
    ]


def contact(
    state: Lead, *, contact_id: UUID, note: ContactNote, on: date, today: date, days: int
) -> list[LeadEvent]:
    """T-31 before a case: careful contact. It is no use of the programme (X-23)."""
    if contact_id in state.contacts:
        return []
    noticed = known(state)
    day_between(on, today, since=noticed.noticed_on, otherwise="before-notice")
    if note.next_on is not None and note.next_on < on:
        raise Refused("next-before-visit")
    return [
        Contacted(
            lead_id=noticed.lead_id,
            contact_id=contact_id,
            contacted_on=on,
            keep_until=kept_until(on, days),
            **asdict(note),
        )
    ]


def join(
    state: Lead, *, request_id: UUID | None, case_id: UUID, on: date, today: date
) -> list[LeadEvent]:
    """X-23: it turned out to be the person of a case. A lead has one person; a request for the
    case may follow.
    """
    before = state.joined
    if before is not None and before.case_id == case_id and request_id in (None, before.request_id):
        return []
    noticed = known(state)
    if before is not None and (before.case_id != case_id or before.request_id is not None):
        raise Refused("joined-elsewhere")
    if state.proposed is not None and state.answer is None:
        raise Refused("lead-proposed")
    if state.proposed is not None and state.answer and state.proposed.case_id != case_id:
        raise Refused("joined-elsewhere")
    day_between(on, today, since=noticed.noticed_on, otherwise="before-notice")
    return [Joined(lead_id=noticed.lead_id, request_id=request_id, case_id=case_id, joined_on=on)]


def expire(state: Lead, *, today: date) -> list[LeadEvent]:
    """N-08: only what nothing came of, and only when its time is over."""
    if state.noticed is None:
        raise Refused("lead-unknown")
    if state.expired_on is not None:
        return []
    if state.joined is not None:
        raise Refused("lead-joined")
    if state.proposed is not None and state.answer is not False:
        raise Refused("lead-proposed")
    if state.keep_until is None or today <= state.keep_until:
        raise Refused("lead-not-due")
    return [Expired(lead_id=state.noticed.lead_id, expired_on=today)]


def known(state: Lead) -> Noticed:
    """The lead, if what was told is still there."""
    if state.noticed is None:
        raise Refused("lead-unknown")
    if state.expired_on is not None:
        raise Refused("lead-expired")
    return state.noticed


lead: Decider[Lead, LeadEvent] = Decider(
    "lead", Lead(), evolve, (Noticed, Contacted, Joined, Proposed, Answered, Expired)
)
