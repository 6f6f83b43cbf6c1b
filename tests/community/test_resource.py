"""The directory of places: enter, correct, check, retire (B-01 … B-06, F-09)."""

from __future__ import annotations

from datetime import timedelta

from services.community.domain.resource import (
    Checked,
    Corrected,
    Reopened,
    Used,
    amend,
    check,
    correct,
    register,
    reopen,
    resource,
    retire,
    use,
)
from tests.community.examples import (
    CARD,
    CORRECTION,
    RESOURCE,
    TODAY,
    TOMORROW,
    YESTERDAY,
    registered,
    retired,
)
from tests.given import scenario

given = scenario(resource)
NEW = CARD.model_copy(update={"held": "毎週火曜 10時"})
CHANGED = Corrected(
    resource_id=RESOURCE, correction_id=CORRECTION, card=NEW, corrected_on=TODAY, edition=2
)


def test_a_place_is_registered() -> None:
    given().when(register, resource_id=RESOURCE, card=CARD, on=YESTERDAY).then(registered())


def test_registering_a_known_place_changes_nothing() -> None:
    given(registered()).when(register, resource_id=RESOURCE, card=NEW, on=TODAY).then_nothing()


def test_registering_does_not_bring_a_retired_place_back() -> None:
    given(registered(), retired()).when(
        register, resource_id=RESOURCE, card=CARD, on=TODAY
    ).then_nothing()


def test_an_entry_is_corrected() -> None:
    given(registered()).when(correct, correction_id=CORRECTION, card=NEW, on=TODAY).then(CHANGED)


def test_a_correction_that_says_the_same_changes_nothing() -> None:
    given(registered()).when(correct, correction_id=CORRECTION, card=CARD, on=TODAY).then_nothing()


def test_an_unknown_entry_cannot_be_corrected() -> None:
    given().when(correct, correction_id=CORRECTION, card=NEW, on=TODAY).then_refused(
        "resource-unknown"
    )


def test_a_retired_entry_cannot_be_corrected() -> None:
    given(registered(), retired()).when(
        correct, correction_id=CORRECTION, card=NEW, on=TODAY
    ).then_refused("resource-retired")


def test_an_entry_is_checked() -> None:
    given(registered()).when(check, correction_id=CORRECTION, on=TODAY, by="health").then(
        Checked(checked_on=TODAY, by="health")
    )


def test_checking_twice_a_day_changes_nothing() -> None:
    given(registered(), Checked(checked_on=TODAY)).when(
        check, correction_id=CORRECTION, on=TODAY
    ).then_nothing()


def test_a_check_tells_whether_there_is_room() -> None:
    full = CARD.model_copy(update={"capacity": "full"})
    given(registered(), Checked(checked_on=TODAY)).when(
        check, correction_id=CORRECTION, on=TODAY, by="health", capacity="full"
    ).then(
        Corrected(
            resource_id=RESOURCE,
            correction_id=CORRECTION,
            card=full,
            corrected_on=TODAY,
            edition=2,
            by="health",
        )
    )


def test_nobody_writes_over_what_a_colleague_wrote_meanwhile() -> None:
    other = NEW.model_copy(update={"note": "いすがあります"})
    asked = {"correction_id": CORRECTION, "card": other, "on": TODAY}
    given(registered(), CHANGED).when(correct, **asked, edition=1).then_refused(
        "sheet-changed-meanwhile"
    )
    given(registered(), CHANGED).when(correct, **asked, edition=2).then(
        CHANGED.model_copy(update={"card": other, "edition": 3})
    )


def test_a_retired_entry_needs_no_check() -> None:
    given(registered(), retired()).when(check, correction_id=CORRECTION, on=TODAY).then_refused(
        "resource-retired"
    )


def test_a_place_is_retired() -> None:
    given(registered()).when(retire, reason="closed-down", on=TODAY, today=TODAY).then(retired())


def test_retiring_twice_changes_nothing() -> None:
    given(registered(), retired()).when(
        retire, reason="closed-down", on=TOMORROW, today=TOMORROW
    ).then_nothing()


def test_a_second_reason_is_refused() -> None:
    given(registered(), retired()).when(retire, reason="moved", on=TODAY, today=TODAY).then_refused(
        "resource-retired"
    )


def test_an_unknown_place_cannot_be_retired() -> None:
    given().when(retire, reason="moved", on=TODAY, today=TODAY).then_refused("resource-unknown")


def test_a_place_does_not_retire_tomorrow() -> None:
    given(registered()).when(retire, reason="moved", on=TOMORROW, today=TODAY).then_refused(
        "day-in-future"
    )


def test_a_place_is_not_retired_before_it_was_registered() -> None:
    """Q-05 would fall below nothing in the year before."""
    early = registered().registered_on - timedelta(days=1)
    given(registered()).when(retire, reason="closed", on=early, today=TODAY).then_refused(
        "before-registration"
    )


REOPENED = Reopened(resource_id=RESOURCE, card=CARD, reopened_on=TODAY, by="health")


def test_a_retirement_is_taken_back() -> None:
    asked = {"on": TODAY, "today": TODAY, "by": "health"}
    given(registered(), retired()).when(reopen, **asked).then(REOPENED)
    given(registered()).when(reopen, **asked).then_nothing()
    given().when(reopen, **asked).then_refused("resource-unknown")


def test_a_place_does_not_come_back_before_it_went_or_tomorrow() -> None:
    given(registered(), retired()).when(reopen, on=YESTERDAY, today=TODAY).then_refused(
        "before-retirement"
    )
    given(registered(), retired()).when(reopen, on=TOMORROW, today=TODAY).then_refused(
        "day-in-future"
    )


def test_what_came_back_is_corrected_and_retired_again() -> None:
    gone = [registered(), retired(), REOPENED]
    given(*gone).when(correct, correction_id=CORRECTION, card=NEW, on=TODAY).then(CHANGED)
    given(*gone).when(retire, reason="moved", on=YESTERDAY, today=TODAY).then_refused(
        "before-registration"
    )
    given(*gone).when(retire, reason="closed-down", on=TODAY, today=TODAY).then(retired())


def test_on_the_day_of_its_registration_it_is_known_who_checked() -> None:
    given(registered()).when(check, correction_id=CORRECTION, on=YESTERDAY, by="health").then(
        Checked(checked_on=YESTERDAY, by="health")
    )


def test_a_list_that_was_read_is_no_check() -> None:
    read = CHANGED.model_copy(update={"checked": False})
    given(registered()).when(amend, correction_id=CORRECTION, card=NEW, on=TODAY).then(read)
    given(registered()).when(amend, correction_id=CORRECTION, card=CARD, on=TODAY).then_nothing()
    given(registered(), read).when(check, correction_id=CORRECTION, on=YESTERDAY, by="health").then(
        Checked(checked_on=YESTERDAY, by="health")
    )


def test_the_days_on_which_somebody_was_brought_there_are_kept() -> None:
    used = Used(resource_id=RESOURCE, used_on=TODAY)
    given(registered()).when(use, on=TODAY).then(used)
    given(registered(), used).when(use, on=TODAY).then_nothing()
    given().when(use, on=TODAY).then_nothing()
