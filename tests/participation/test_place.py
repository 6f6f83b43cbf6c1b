"""Places as community tells them: early, late and twice (T-22)."""

from __future__ import annotations

from typing import Any

from services.participation.domain.place import (
    Renamed,
    Reopened,
    list_place,
    place,
    rename,
    reopen,
    retire,
)
from tests.given import scenario
from tests.participation.examples import (
    CARD,
    CORRECTION,
    PLACE,
    TODAY,
    YESTERDAY,
    listed,
    retired,
)

given = scenario(place)
ENTRY: dict[str, Any] = {"card": CARD}
OTHER = CARD.model_copy(update={"name": "草花台自治会館"})
CORRECTED: dict[str, Any] = {"correction_id": CORRECTION, "card": OTHER}
NEW_NAME = Renamed(correction_id=CORRECTION, card=OTHER)


def test_a_registered_place_becomes_known() -> None:
    given().when(list_place, resource_id=PLACE, on=YESTERDAY, **ENTRY).then(listed())


def test_a_late_copy_of_the_registration_does_not_bring_a_retired_place_back() -> None:
    given(listed(), retired()).when(
        list_place, resource_id=PLACE, on=YESTERDAY, **ENTRY
    ).then_nothing()


def test_a_correction_is_followed() -> None:
    given(listed()).when(rename, **CORRECTED).then(NEW_NAME)


def test_a_late_copy_of_a_correction_changes_nothing() -> None:
    given(listed(), NEW_NAME).when(rename, **CORRECTED).then_nothing()


def test_a_correction_of_an_unknown_place_says_nothing() -> None:
    given().when(rename, **CORRECTED).then_nothing()


def test_a_retired_place_is_noted() -> None:
    given(listed()).when(retire, resource_id=PLACE, reason="closed-down", on=TODAY).then(retired())


def test_retiring_twice_changes_nothing() -> None:
    given(listed(), retired()).when(
        retire, resource_id=PLACE, reason="other", on=TODAY
    ).then_nothing()


def test_a_place_that_can_be_used_again_is_noted() -> None:
    asked = {"resource_id": PLACE, "on": TODAY}
    again = Reopened(resource_id=PLACE, reopened_on=TODAY)
    given(listed(), retired()).when(reopen, **asked).then(again)
    given(listed()).when(reopen, **asked).then_nothing()
    given().when(reopen, **asked).then_nothing()
