"""Whom a legal ground reaches (N-01, 106条の6)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.coordination.domain.case import case
from services.coordination.domain.closing import Ending, close
from services.coordination.domain.consent import refuse_consent
from services.coordination.domain.support import Errand, Ground, request_support
from tests.coordination.examples import (
    CLOSURE,
    HANAKO,
    HANDOVER_ON,
    MEETING,
    OPEN,
    REFUSAL,
    REQUEST,
    TODAY,
    YESTERDAY,
    consented,
    refused,
    sitting,
)
from tests.given import scenario

given = scenario(case)


def test_a_support_meeting_is_a_ground_among_its_members_only() -> None:
    """106条の6: neither the team nor the 主担当 may be told what a sitting without them heard."""
    ground = Ground("support-meeting", str(MEETING), sitting("support-meeting"))
    errand = Errand("outreach", "声をかける", ground, HANAKO, "C-05")
    ids: dict[str, Any] = {"request_id": REQUEST, "handover_id": HANDOVER_ON}
    now: dict[str, Any] = {"on": TODAY, "today": TODAY}
    given(*OPEN).when(request_support, **ids, errand=errand, **now).then_refused(
        "agency-not-member"
    )
    ending = Ending("C-05", "roles-agreed", "変化", "quarterly", ground, HANAKO)
    closing: dict[str, Any] = {"closure_id": CLOSURE, "handover_id": HANDOVER_ON, **now}
    given(*OPEN).when(close, **closing, ending=ending).then_refused("agency-not-member")
    sat = case.fold(
        [*OPEN, *close(case.fold(OPEN), **closing, ending=replace(ending, lead_agency="C-01"))]
    )
    assert sat.closure_id == CLOSURE


def test_a_consent_that_is_over_may_be_answered_with_no() -> None:
    over = consented().model_copy(update={"consented_on": YESTERDAY, "expires_on": YESTERDAY})
    no: dict[str, Any] = {"refusal_id": REFUSAL, "on": TODAY, "today": TODAY}
    given(*OPEN, over).when(refuse_consent, **no).then(refused())
    until = over.model_copy(update={"expires_on": TODAY})
    given(*OPEN, until).when(refuse_consent, **no).then_refused("consent-given")
