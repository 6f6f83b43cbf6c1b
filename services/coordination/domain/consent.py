"""申込と同意: the application and what the person says to sharing (T-02, T-03)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID

from services.coordination.domain.case import Case, Consent, evolve, opened
from services.coordination.domain.consented import EVERYTHING, Scope
from services.coordination.domain.events import (
    ApplicationReceived,
    CaseEvent,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
)
from services.coordination.domain.grounds import losing
from services.coordination.domain.person import Person
from shared.sourcing.days import day_between
from shared.sourcing.decider import Refused


def apply(
    state: Case, *, application_id: UUID, filled_by: str, person: Person, on: date, today: date
) -> list[CaseEvent]:
    """T-02: once support is decided the subject fills in the 相談受付・申込票."""
    if application_id in state.done:
        return []
    case_id = opened(state)
    if state.applied:
        raise Refused("application-known")
    day_between(on, today, since=state.since, otherwise="before-acceptance")
    return [
        ApplicationReceived(
            case_id=case_id,
            application_id=application_id,
            filled_by=filled_by,
            applied_on=on,
            counter=state.referrer,
            nurse_district=state.nurse_district,
            **asdict(person),
        )
    ]


def consent(
    state: Case,
    *,
    consent_id: UUID,
    method: str,
    on: date,
    today: date,
    scope: Scope = EVERYTHING,
    note: str | None = None,
    helpers: Sequence[str] = (),
) -> list[CaseEvent]:
    """T-03, M-2: with consent the case crosses over to the 重層的支援会議. What is agreed anew,
    wider, narrower or for longer, replaces what held. `helpers`: where the helping teams work.
    """
    if consent_id in state.done:
        return []
    case_id = opened(state)
    if state.consent is Consent.GIVEN and scope == state.scope:
        raise Refused("consent-given")
    day_between(on, today, since=state.since, otherwise="before-acceptance")
    if scope.expires_on is not None and scope.expires_on < on:
        raise Refused("consent-over-before-begun")
    given = ConsentGiven(
        case_id=case_id,
        consent_id=consent_id,
        consented_on=on,
        method=method,
        purposes=scope.purposes,
        recipients=scope.recipients,
        expires_on=scope.expires_on,
        scope=note,
    )
    return [given, *losing(evolve(state, given), why="narrowed", on=on, agencies=helpers)]


def refuse_consent(
    state: Case, *, refusal_id: UUID, on: date, today: date, note: str | None = None
) -> list[CaseEvent]:
    """T-03: no consent does not mean to do nothing: the 支援会議 is the way. What still holds is
    withdrawn instead; what is over may be answered with no.
    """
    if refusal_id in state.done:
        return []
    case_id = opened(state)
    if state.consent is Consent.GIVEN and not state.scope.is_over(on):
        raise Refused("consent-given")
    day_between(on, today, since=state.since, otherwise="before-acceptance")
    refused = ConsentRefused(case_id=case_id, refusal_id=refusal_id, refused_on=on, note=note)
    return [refused, *losing(evolve(state, refused), why="expired", on=on)]


def withdraw_consent(
    state: Case, *, consent_id: UUID, on: date, today: date, note: str | None = None
) -> list[CaseEvent]:
    """T-03: consent may be taken back at any time, also after the end."""
    if state.consent_id != consent_id:
        if consent_id in state.done:
            return []
        raise Refused("consent-unknown")
    if state.case_id is None:
        raise Refused("case-unknown")
    day_between(on, today, since=state.consented_on, otherwise="before-consent")
    withdrawn = ConsentWithdrawn(
        case_id=state.case_id, consent_id=consent_id, withdrawn_on=on, note=note
    )
    return [withdrawn, *losing(evolve(state, withdrawn), why="withdrawn", on=on)]
