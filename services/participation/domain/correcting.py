"""Mistakes are put right by a later event; what was written stays in the history (T-22 … T-24)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.participation.domain.events import (
    ContactCorrected,
    Contacted,
    FollowedUp,
    FollowUpCorrected,
    MatchWithdrawn,
    RequestEvent,
)
from services.participation.domain.following import match_on
from services.participation.domain.request import Request, known
from shared.sourcing.days import day_between
from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class FollowUpNote:
    """What comes back from a follow-up."""

    method: str
    relation: str
    note: str | None = None
    next_on: date | None = None


def edition_of(record: FollowedUp | FollowUpCorrected | Contacted | ContactCorrected) -> int:
    """How often it was written."""
    return record.edition if isinstance(record, FollowUpCorrected | ContactCorrected) else 1


def withdraw_match(
    state: Request, *, match_id: UUID, reason: str, today: date
) -> list[RequestEvent]:
    """Nobody went there. Where somebody was followed up, they did go, and the match stays."""
    asked = known(state)
    found = next((one for one in state.matches if one.match_id == match_id), None)
    if found is None and match_id in state.done:
        return []
    if found is None:
        raise Refused("match-unknown")
    if any(one.match_id == match_id for one in state.followups.values()):
        raise Refused("match-followed")
    left = [one for one in state.matches if one.match_id != match_id]
    return [
        MatchWithdrawn(
            request_id=asked.request_id,
            case_id=asked.case_id,
            match_id=match_id,
            resource_id=found.resource_id,
            matched_on=found.matched_on,
            withdrawn_on=today,
            reason=reason,
            now_at=left[-1].resource_id if left else None,
            now_since=left[-1].matched_on if left else None,
            nurse_district=found.nurse_district,
        )
    ]


def correct_follow_up(
    state: Request, *, followup_id: UUID, edition: int, seen: FollowUpNote, on: date, today: date
) -> list[RequestEvent]:
    """Written again; who began with an older edition looks at the newer one first."""
    asked, last = known(state), state.followups.get(followup_id)
    if last is None:
        raise Refused("follow-up-unknown")
    was = (last.followed_on, last.method, last.relation, last.note, last.next_on)
    if was == (on, seen.method, seen.relation, seen.note, seen.next_on):
        return []
    if edition != edition_of(last):
        raise Refused("changed-meanwhile")
    day_between(on, today, since=state.started_on, otherwise="before-start")
    if state.ended is not None and on > state.ended.concluded_on:
        raise Refused("after-end")
    if seen.next_on is not None and seen.next_on < on:
        raise Refused("next-before-visit")
    followed = match_on(state, on)
    return [
        FollowUpCorrected(
            request_id=asked.request_id,
            case_id=asked.case_id,
            followup_id=followup_id,
            edition=edition + 1,
            corrected_on=today,
            match_id=followed.match_id,
            resource_id=followed.resource_id,
            followed_on=on,
            method=seen.method,
            relation=seen.relation,
            note=seen.note,
            next_on=seen.next_on,
        )
    ]


def correct_contact(
    state: Request, *, contact_id: UUID, edition: int, note: str | None, on: date, today: date
) -> list[RequestEvent]:
    """As a follow-up; the next contact is due by the newest one."""
    asked, last = known(state), state.contacts.get(contact_id)
    if last is None:
        raise Refused("contact-unknown")
    if (last.contacted_on, last.note) == (on, note):
        return []
    if edition != edition_of(last):
        raise Refused("changed-meanwhile")
    ended_on = state.ended.concluded_on if state.ended else None
    day_between(on, today, since=ended_on, otherwise="before-end")
    others = (one for one in state.contacts.values() if one.contact_id != contact_id)
    return [
        ContactCorrected(
            request_id=asked.request_id,
            case_id=asked.case_id,
            contact_id=contact_id,
            edition=edition + 1,
            corrected_on=today,
            contacted_on=on,
            newest_on=max((on, *(one.contacted_on for one in others))),
            note=note,
        )
    ]
