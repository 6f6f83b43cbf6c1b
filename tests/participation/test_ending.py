"""終結: when a relation may be called stable, and what the end may not pass over (T-24)."""

from __future__ import annotations

from typing import Any

from services.participation.domain.following import Ending, conclude, follow_up
from services.participation.domain.request import request
from tests.given import scenario
from tests.participation.examples import (
    FOLLOWED,
    OTHER_MATCH,
    OTHER_PLACE,
    TODAY,
    TOMORROW,
    YESTERDAY,
    concluded,
    followed_up,
    matched,
    planned,
    requested,
    started,
    tried,
)

given = scenario(request)
JUDGED: dict[str, Any] = {"judgement": "役割ができた", "contact_every": "monthly"}
DONE: dict[str, Any] = {"on": TODAY, "today": TODAY, "ending": Ending("stable", **JUDGED)}
DECLINED = DONE | {"ending": Ending("declined")}


def test_a_stable_relation_ends_the_support() -> None:
    given(requested(), started(), planned(), matched(), followed_up()).when(conclude, **DONE).then(
        concluded("stable", **JUDGED)
    )


def test_stable_is_judged_by_the_newest_follow_up_and_says_why() -> None:
    """T-24: what was once stable may waver again; the judgement and the contact are said."""
    there = (requested(), started(), planned(), matched(), followed_up())
    wavers = followed_up(relation="wavering").model_copy(update={"followup_id": OTHER_MATCH})
    given(*there, wavers).when(conclude, **DONE).then_refused("relation-not-stable")
    given(*there, wavers).when(conclude, **DECLINED).then(concluded("declined"))
    older = wavers.model_copy(update={"followed_on": YESTERDAY})
    at_once = matched().model_copy(update={"matched_on": YESTERDAY})
    begun = planned().model_copy(update={"planned_on": YESTERDAY})
    given(requested(), started(), begun, at_once, followed_up(), older).when(conclude, **DONE).then(
        concluded("stable", **JUDGED)
    )
    for left, code in (("judgement", "judgement-missing"), ("contact_every", "contact-missing")):
        facts = DONE | {"ending": Ending("stable", **JUDGED | {left: None})}
        given(*there).when(conclude, **facts).then_refused(code)


def test_the_end_is_not_older_than_what_was_done() -> None:
    begun = started().model_copy(update={"started_on": YESTERDAY})
    early = DECLINED | {"on": YESTERDAY}
    given(requested(), begun).when(conclude, **early).then(
        concluded().model_copy(update={"concluded_on": YESTERDAY})
    )
    for done in (matched(), followed_up(), tried()):
        given(requested(), begun, planned(), done).when(conclude, **early).then_refused(
            "before-last-record"
        )


def test_stable_cannot_be_said_before_the_follow_up() -> None:
    given(requested(), started(), planned(), matched()).when(conclude, **DONE).then_refused(
        "follow-up-first"
    )


def test_a_new_place_needs_its_own_follow_up() -> None:
    moved = matched(OTHER_MATCH, OTHER_PLACE)
    given(requested(), started(), planned(), matched(), followed_up(), moved).when(
        conclude, **DONE
    ).then_refused("follow-up-first")


def test_a_person_may_decline_at_any_time() -> None:
    given(requested()).when(conclude, **DECLINED).then(concluded("declined"))


def test_concluding_twice_changes_nothing() -> None:
    given(requested(), concluded("declined")).when(conclude, **DECLINED).then_nothing()


def test_a_second_end_that_says_something_else_is_refused() -> None:
    other = DONE | {"ending": Ending("declined", "本人の希望がかわった")}
    for facts in (DONE, other):
        given(requested(), concluded("declined")).when(conclude, **facts).then_refused(
            "already-concluded"
        )


def test_the_end_is_not_in_the_future() -> None:
    facts = DECLINED | {"on": TOMORROW}
    given(requested()).when(conclude, **facts).then_refused("day-in-future")


def test_a_visit_entered_late_belongs_to_the_place_of_that_day() -> None:
    """T-23, T-24: it does not say that the relation with today's place is stable."""
    first = matched().model_copy(update={"matched_on": YESTERDAY})
    moved = (requested(), started(), planned(), first, matched(OTHER_MATCH, OTHER_PLACE))
    of_then = followed_up().model_copy(update={"followed_on": YESTERDAY})
    given(*moved).when(follow_up, **FOLLOWED | {"on": YESTERDAY}).then(of_then)
    given(*moved, of_then).when(conclude, **DONE).then_refused("follow-up-first")
    given(*moved).when(follow_up, **FOLLOWED).then(followed_up(OTHER_MATCH, OTHER_PLACE))


def test_the_end_is_not_older_than_the_start() -> None:
    given(requested(), started()).when(conclude, **DECLINED | {"on": YESTERDAY}).then_refused(
        "before-start"
    )
