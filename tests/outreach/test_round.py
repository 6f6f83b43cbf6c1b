"""声かけ・見回り: planned, made, called off (T-30)."""

from __future__ import annotations

from typing import Any

import pytest

from services.outreach.domain.round import call_off, make, plan, round_
from tests.given import scenario
from tests.outreach.examples import TODAY, TOMORROW, YESTERDAY
from tests.outreach.lead_examples import ROUND, called_off, made, planned

given = scenario(round_)
WHERE: dict[str, Any] = {"round_id": ROUND, "place": "架空サロン", "nurse_district": "nd-tasai"}
PLAN = WHERE | {"on": TODAY, "today": TODAY}
MAKE = PLAN | {"gathered": 12, "heard": "買い物に困る人が多い"}


def test_a_round_is_planned_and_made() -> None:
    given().when(plan, **PLAN).then(planned())
    given(planned()).when(make, **MAKE).then(made())


def test_a_round_may_be_made_without_a_plan() -> None:
    given().when(make, **MAKE).then(made())


def test_a_planned_round_is_called_off() -> None:
    given(planned()).when(call_off, on=TODAY).then(called_off())


@pytest.mark.parametrize(
    ("changed", "code"), [({"on": YESTERDAY}, "plan-in-past"), ({"place": "　"}, "place-missing")]
)
def test_a_plan_that_cannot_be(changed: dict[str, Any], code: str) -> None:
    given().when(plan, **PLAN | changed).then_refused(code)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"on": TOMORROW}, "day-in-future"),
        ({"place": ""}, "place-missing"),
        ({"gathered": -1}, "gathered-negative"),
    ],
)
def test_a_round_that_cannot_have_been(changed: dict[str, Any], code: str) -> None:
    given().when(make, **MAKE | changed).then_refused(code)


def test_what_is_over_stays_over() -> None:
    given(planned(), called_off()).when(make, **MAKE).then_refused("round-called-off")
    given(planned(), made()).when(call_off, on=TODAY).then_refused("round-made")
    given().when(call_off, on=TODAY).then_refused("round-unknown")
