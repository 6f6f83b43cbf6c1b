"""支援機関につなぐ (T-32): a hand-over on its ground, decided on a request's stream."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from services.outreach.domain.events import (
    LinkCorrected,
    Linked,
    LinkWithdrawn,
    RequestEvent,
    edition_of,
)
from services.outreach.domain.lead import BasisKind
from services.outreach.domain.request import Request, under_way, within
from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class LinkNote:
    """To whom, on which ground, and what they were told."""

    agency: str
    basis: BasisKind | None = None
    reference: str | None = None
    passed: str | None = None
    note: str | None = None


def link(
    state: Request, *, link_id: UUID, made: LinkNote, on: date, today: date
) -> list[RequestEvent]:
    """T-32: with the trust kept, the person is linked to an agency, never without a ground."""
    if link_id in state.done:
        return []
    asked = under_way(state, on, today)
    _grounded(made)
    return [
        Linked(
            request_id=asked.request_id,
            case_id=asked.case_id,
            link_id=link_id,
            linked_on=on,
            **asdict(made),
        )
    ]


def correct_link(
    state: Request, *, link_id: UUID, edition: int, made: LinkNote, on: date, today: date
) -> list[RequestEvent]:
    """A link is written again; who began with an older edition looks at the newer one first."""
    last, asked = state.links.get(link_id), state.asked
    if last is None or asked is None:
        raise Refused("link-unknown")
    written = asdict(made) | {"linked_on": on}
    if all(getattr(last, name) == value for name, value in written.items()):
        return []
    if edition != edition_of(last):
        raise Refused("link-changed-meanwhile")
    _grounded(made)
    within(state, on, today)
    return [
        LinkCorrected(
            request_id=asked.request_id,
            case_id=asked.case_id,
            link_id=link_id,
            edition=edition + 1,
            corrected_on=today,
            **written,
        )
    ]


def withdraw_link(
    state: Request, *, link_id: UUID, reason: str | None, on: date
) -> list[RequestEvent]:
    """It was no link, or somebody else's. What was withdrawn stays readable in the history."""
    asked = state.asked
    if asked is None or link_id not in state.done:
        raise Refused("link-unknown")
    if link_id not in state.links:
        return []
    if not reason:
        raise Refused("reason-missing")
    return [
        LinkWithdrawn(
            request_id=asked.request_id,
            case_id=asked.case_id,
            link_id=link_id,
            withdrawn_on=on,
            reason=reason,
        )
    ]


def _grounded(made: LinkNote) -> None:
    """Nothing of a person is passed on without a legal basis (architecture 6)."""
    if made.basis is None or not made.reference:
        raise Refused("basis-missing")
    if not made.passed:
        raise Refused("passed-missing")
