"""Forms and templates without a server: every template reads, every bad field is named."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from starlette.datastructures import FormData

from services.coordination.asked.case import (
    Application,
    ClosureAsked,
    PlanAsked,
    PlanForm,
    SupportRequest,
)
from services.coordination.domain.plan import Role
from services.coordination.works import WORKS
from shared.web.forms import parsed


@pytest.mark.parametrize("name", sorted(WORKS))
def test_an_empty_form_says_what_is_missing(name: str) -> None:
    form = parsed(FormData([]), WORKS[name].model)
    assert (form.value, form.status) == (None, 422)
    assert "on" in form.errors


def test_what_was_typed_stays_and_the_wrong_field_is_named() -> None:
    form = parsed(
        FormData([("on", "きのう"), ("filled_by", "subject"), ("name", "架空 花子")]), Application
    )
    assert set(form.errors) == {"on"}
    assert form.first("name") == "架空 花子"


def test_rows_of_the_plan_left_empty_are_no_roles() -> None:
    form = parsed(
        FormData(
            [
                ("on", "令和8年11月23日"),
                ("meeting_id", "0198f000-0000-7000-8000-000000000041"),
                ("problems", "家計"),
                ("goal", "外に出る"),
                ("contact_desk", "C-08"),
                ("review_on", "R9.2.23"),
                ("agency_1", ""),
                ("agency_2", "C-07"),
                ("task_2", "家計の相談"),
            ]
        ),
        PlanForm,
    )
    assert form.value is not None, form.errors
    assert form.value.parts() == [Role("C-07", "家計の相談")]


def test_a_support_meeting_may_be_chosen_or_left_out() -> None:
    form = parsed(
        FormData([("on", "2026-11-23"), ("errand", "訪問"), ("basis", "consent")]), SupportRequest
    )
    assert form.value is not None, form.errors
    assert form.value.meeting_id is None


def test_json_is_taken_strictly() -> None:
    plan = {
        "on": "2026-11-23",
        "meeting_id": "0198f000-0000-7000-8000-000000000041",
        "problems": "家計",
        "goal": "外に出る",
        "contact_desk": "C-08",
        "review_on": "2027-02-23",
        "roles": [{"agency": "C-07", "task": "家計の相談"}],
    }
    assert PlanAsked.model_validate(plan).parts() == [Role("C-07", "家計の相談")]
    for wrong in ({"participation": "yes"}, {"colour": "red"}, {"goal": 3}, {"roles": "C-07"}):
        with pytest.raises(ValidationError):
            PlanAsked.model_validate(plan | wrong)
    with pytest.raises(ValidationError):
        ClosureAsked.model_validate({"on": "2026-11-23"})
