"""道すじ: where a case stands and which forms fit, rule by rule (T-01 … T-10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.coordination.domain.way import FORMS, WAY, Standing, allowed, hindrance, next_step
from tests.coordination.examples import TODAY, TOMORROW, YESTERDAY, uid

NOTHING: dict[str, Any] = dict.fromkeys(Standing.__dataclass_fields__) | {"running": 0, "lost": 0}
OPEN = Standing(**NOTHING | {"phase": "open", "consent": "unknown", "consent_purposes": ()})
PLANNED = replace(
    OPEN, consent="given", plan_id=uid(5), planned_on=YESTERDAY, review_on=TODAY + timedelta(30)
)


@pytest.mark.parametrize(
    ("case", "code"),
    [
        (replace(PLANNED, applied_on=None, review_on=TODAY), "review"),
        (replace(OPEN, consent="refused", consent_on=TODAY), "support-meeting"),
        (replace(OPEN, consent="withdrawn", consent_on=TODAY), "support-meeting"),
        (
            replace(OPEN, consent="withdrawn", consent_on=YESTERDAY, support_meeting_on=TODAY),
            "policy",
        ),
        (replace(PLANNED, consent="withdrawn", consent_on=TODAY), "support-meeting"),
        (replace(PLANNED, consent_until=YESTERDAY), "consent-again"),
        (replace(PLANNED, consent_until=TODAY), "follow"),
        (replace(OPEN, consent="given", consent_purposes=("sharing",)), "support-meeting"),
        (replace(OPEN, nameless=True), "name"),
        (replace(OPEN, nameless=True, phase="waiting"), "decide"),
        (replace(OPEN, nameless=True, consent="refused", consent_on=TODAY), "support-meeting"),
        (replace(OPEN, nameless=True, consent="given"), "application"),
        (replace(OPEN, consent="given", plan_meeting_on=TODAY), "plan"),
        (replace(OPEN, consent="given"), "application"),
        (replace(OPEN, consent="given", applied_on=TODAY), "meeting"),
        (replace(PLANNED, resumed_on=TODAY), "plan-again"),
        (replace(PLANNED, resumed_on=TODAY, plan_meeting_on=YESTERDAY), "plan-again"),
        (replace(PLANNED, resumed_on=TODAY, plan_meeting_on=TODAY), "replan"),
        (replace(PLANNED, review_on=TODAY, plan_meeting_on=TODAY), "replan"),
        (replace(OPEN, phase="returned"), "keep-link"),
        (replace(OPEN, phase="returned", look_on=TOMORROW), "keep-link"),
        (replace(OPEN, phase="returned", look_on=TODAY), "look-again"),
        (replace(OPEN, phase="returned", look_on=TODAY, waiting_since=TODAY), "decide"),
    ],
)
def test_where_a_case_stands(case: Standing, code: str) -> None:
    assert next_step(case, TODAY).code == code


def test_a_recorded_answer_opens_the_form_that_goes_with_it() -> None:
    sat = replace(OPEN, consent_on=YESTERDAY, support_meeting_on=TODAY)
    for none in ("refused", "withdrawn"):
        forms = allowed(replace(sat, consent=none), TODAY)
        assert "policies" in forms
        assert "plans" not in forms
    over = replace(sat, consent="given", consent_until=YESTERDAY)
    assert hindrance(over, "plans", TODAY) == "consent-missing"
    assert "policies" in allowed(over, TODAY)
    assert hindrance(replace(sat, consent="given"), "policies", TODAY) == "policy-with-consent"


def test_every_step_leads_to_a_form_that_fits() -> None:
    """The table is whole: forms of steps are known, and codes name one branch each."""
    assert {step.form for step in WAY} - {""} <= FORMS.keys()
    given = replace(OPEN, consent="given", opened_on=TODAY)
    nameless = replace(OPEN, nameless=True)
    for case in (
        OPEN,
        given,
        nameless,
        PLANNED,
        replace(PLANNED, phase="closed", came_back_on=TODAY),
    ):
        step = next_step(case, TODAY)
        assert not step.form or step.form in allowed(case, TODAY)
