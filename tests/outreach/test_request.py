"""What outreach may do with a request, and what it may not (T-20, T-31, T-32)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.outreach.domain.linking import link
from services.outreach.domain.request import ask, conclude, request, start, visit
from tests.given import scenario
from tests.outreach.examples import (
    CASE,
    HANDOVER,
    LINK,
    MET,
    PLANNED,
    REQUEST,
    TODAY,
    TOLD,
    TOMORROW,
    VISIT,
    YESTERDAY,
    concluded,
    linked,
    requested,
    started,
    tie_built,
    visit_planned,
    visited,
)

given = scenario(request)
ASKED: dict[str, Any] = {
    "request_id": REQUEST,
    "case_id": CASE,
    "handover_id": HANDOVER,
    "plan_id": None,
    "nurse_district": "nd-tasai",
    "basis": "consent",
    "on": YESTERDAY,
}
SEEN: dict[str, Any] = {"visit_id": VISIT, "seen": MET, "on": TODAY, "today": TODAY}
TO_C07: dict[str, Any] = {
    "link_id": LINK,
    "on": TODAY,
    "today": TODAY,
    "made": TOLD,
}
DONE: dict[str, Any] = {"on": TODAY, "today": TODAY, "outcome": "linked"}


def test_a_request_of_coordination_is_taken_in() -> None:
    given().when(ask, **ASKED).then(requested())


def test_a_late_copy_of_the_request_does_not_begin_again() -> None:
    given(requested(), started(), concluded()).when(ask, **ASKED).then_nothing()


def test_a_requested_outreach_can_be_started() -> None:
    given(requested()).when(start, on=TODAY, today=TODAY).then(started())


def test_nothing_starts_without_a_request() -> None:
    given().when(start, on=TODAY, today=TODAY).then_refused("request-unknown")


def test_starting_twice_changes_nothing() -> None:
    given(requested(), started()).when(start, on=TOMORROW, today=TOMORROW).then_nothing()


def test_a_concluded_outreach_does_not_start_again() -> None:
    given(requested(), concluded()).when(start, on=TODAY, today=TODAY).then_refused(
        "already-concluded"
    )


def test_a_visit_is_recorded() -> None:
    given(requested(), started()).when(visit, **SEEN).then(visited())


def test_the_same_visit_twice_changes_nothing() -> None:
    given(requested(), started(), visited()).when(visit, **SEEN).then_nothing()


def test_a_visit_that_was_recorded_stays_quiet_even_after_the_end() -> None:
    given(requested(), started(), visited(), concluded()).when(visit, **SEEN).then_nothing()


def test_a_second_visit_is_another_visit() -> None:
    other = UUID("0198f000-0000-7000-8000-0000000000b2")
    facts = SEEN | {"visit_id": other}
    given(requested(), started(), visited()).when(visit, **facts).then(visited(other))


def test_a_visit_needs_a_start() -> None:
    given(requested()).when(visit, **SEEN).then_refused("not-started")


def test_a_visit_of_tomorrow_has_not_happened() -> None:
    facts = SEEN | {"on": TOMORROW}
    given(requested(), started()).when(visit, **facts).then_refused("day-in-future")


def test_the_next_contact_is_not_before_the_visit() -> None:
    facts = SEEN | {"seen": replace(MET, next_on=YESTERDAY)}
    given(requested(), started()).when(visit, **facts).then_refused("next-before-visit")


def test_a_person_is_linked_to_an_agency() -> None:
    given(requested(), started()).when(link, **TO_C07).then(linked())


def test_the_same_link_twice_changes_nothing() -> None:
    given(requested(), started(), linked()).when(link, **TO_C07).then_nothing()


AFTER: dict[str, Any] = {"on": TOMORROW, "today": TOMORROW}


def test_what_lay_before_the_end_is_recorded_after_it_too() -> None:
    """It waited in a browser without a line (F-21)."""
    over = (requested(), started(), concluded())
    given(*over).when(visit, **SEEN).then(visited())
    given(*over).when(link, **TO_C07).then(linked())
    given(*over).when(visit, **SEEN | AFTER).then_refused("already-concluded")
    given(*over).when(link, **TO_C07 | AFTER).then_refused("already-concluded")
    never_begun = (requested(), concluded("not-needed"))
    given(*never_begun).when(visit, **SEEN).then_refused("already-concluded")


def test_the_planned_visit_that_waited_is_the_plan_that_the_end_left_open() -> None:
    over = (requested(), started(), visit_planned(), concluded())
    seen = SEEN | {"seen": replace(MET, planned_id=PLANNED)}
    made = visited().model_copy(update={"planned_id": PLANNED})
    given(*over).when(visit, **seen).then(made)
    again = seen | {"visit_id": LINK}
    given(*over, made).when(visit, **again).then_refused("plan-over")


def test_a_link_of_tomorrow_has_not_happened() -> None:
    facts = TO_C07 | {"on": TOMORROW}
    given(requested(), started()).when(link, **facts).then_refused("day-in-future")


def test_outreach_is_concluded_with_its_outcome() -> None:
    given(requested(), started(), visited()).when(conclude, **DONE).then(concluded())


def test_a_request_may_end_before_it_began() -> None:
    facts = DONE | {"outcome": "not-needed"}
    given(requested()).when(conclude, **facts).then(concluded("not-needed"))


def test_concluding_twice_changes_nothing() -> None:
    given(requested(), started(), concluded()).when(conclude, **DONE).then_nothing()


@pytest.mark.parametrize("other", [{"outcome": "lost"}, {"note": "母が来る"}])
def test_a_second_end_with_other_words_is_refused(other: dict[str, str]) -> None:
    given(requested(), started(), concluded()).when(conclude, **DONE | other).then_refused(
        "concluded-otherwise"
    )


@pytest.mark.parametrize("done", [visited(), linked(), tie_built()])
def test_the_end_is_not_before_what_was_done(done: Any) -> None:
    begun = started().model_copy(update={"started_on": YESTERDAY})
    early = DONE | {"on": YESTERDAY}
    given(requested(), begun).when(conclude, **early).then(
        concluded().model_copy(update={"concluded_on": YESTERDAY})
    )
    given(requested(), begun, done).when(conclude, **early).then_refused("end-before-last")


def test_an_unknown_request_cannot_be_concluded() -> None:
    given().when(conclude, **DONE).then_refused("request-unknown")


def test_the_end_is_not_in_the_future() -> None:
    facts = DONE | {"on": TOMORROW}
    given(requested(), started()).when(conclude, **facts).then_refused("day-in-future")


def test_it_begins_between_the_request_and_today() -> None:
    asked = requested()
    given(asked).when(start, on=TOMORROW, today=TODAY).then_refused("day-in-future")
    early = asked.requested_on - timedelta(days=1)
    given(asked).when(start, on=early, today=TODAY).then_refused("before-request")


def test_nothing_is_older_than_the_start() -> None:
    early = {"on": YESTERDAY}
    for done, asked in ((visit, SEEN), (link, TO_C07), (conclude, DONE)):
        given(requested(), started()).when(done, **asked | early).then_refused("before-start")
