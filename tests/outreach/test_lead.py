"""把握: noticed, contacted, joined to a request, or erased when nothing came of it (T-30, N-08)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.outreach.domain.lead import (
    ContactNote,
    Tip,
    contact,
    expire,
    join,
    lead,
    notice,
)
from tests.given import scenario
from tests.outreach.examples import CASE, REQUEST, TODAY, TOMORROW, YESTERDAY
from tests.outreach.lead_examples import (
    CONTACT,
    DAYS,
    LEAD,
    ROUND,
    TIP,
    contacted,
    expired,
    joined,
    noticed,
)

given = scenario(lead)
NOTICE: dict[str, Any] = {
    "lead_id": LEAD,
    "tip": TIP,
    "catchment": "ca-tobu",
    "nurse_district": "nd-tasai",
    "on": YESTERDAY,
    "today": YESTERDAY,
    "days": DAYS,
}
NOTE = ContactNote(method="home-visit", met=True, name="架空 花子", reaction="会釈を返された")
CALL: dict[str, Any] = {"contact_id": CONTACT, "note": NOTE, "on": TODAY, "today": TODAY}


def test_a_tip_without_a_name_becomes_a_lead() -> None:
    assert TIP.name is None
    given().when(notice, **NOTICE).then(noticed())


def test_what_is_written_down_late_is_kept_from_that_day() -> None:
    long_ago = date(2026, 5, 1)
    late = noticed().model_copy(update={"noticed_on": long_ago})
    given().when(notice, **NOTICE | {"on": long_ago}).then(late)


def test_seen_on_a_round_needs_no_source() -> None:
    seen = replace(TIP, source=None, round_id=ROUND)
    given().when(notice, **NOTICE | {"tip": seen}).then(
        noticed().model_copy(update={"source": None, "round_id": ROUND})
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"on": TOMORROW}, "day-in-future"),
        ({"tip": Tip(source="shop")}, "story-missing"),
        ({"tip": Tip(story="新聞がたまっている")}, "source-missing"),
    ],
)
def test_a_tip_that_cannot_be(changed: dict[str, Any], code: str) -> None:
    given().when(notice, **NOTICE | changed).then_refused(code)


def test_a_contact_may_bring_the_name_and_keeps_the_lead_longer() -> None:
    given(noticed()).when(contact, **CALL, days=DAYS).then(contacted())
    state = lead.fold([noticed(), contacted()])
    assert state.keep_until == date(2027, 2, 21)
    assert state.noticed is not None
    assert state.noticed.name is None, "what was written before stays as it was written"


@pytest.mark.parametrize(
    ("history", "changed", "code"),
    [
        ([], {}, "lead-unknown"),
        ([noticed()], {"on": TOMORROW}, "day-in-future"),
        ([noticed()], {"on": date(2026, 11, 1)}, "before-notice"),
        ([noticed(), expired()], {}, "lead-expired"),
    ],
)
def test_a_contact_that_cannot_be(history: list[Any], changed: dict[str, Any], code: str) -> None:
    given(*history).when(contact, **CALL | changed, days=DAYS).then_refused(code)


def test_a_contact_names_the_next_step() -> None:
    note = replace(NOTE, next_step="手紙を持っていく", next_on=TOMORROW, trust="door")
    after = {"next_step": "手紙を持っていく", "next_on": TOMORROW, "trust": "door"}
    call = CALL | {"note": note}
    given(noticed()).when(contact, **call, days=DAYS).then(contacted().model_copy(update=after))
    early = CALL | {"note": replace(NOTE, next_on=YESTERDAY)}
    given(noticed()).when(contact, **early, days=DAYS).then_refused("next-before-visit")


JOIN: dict[str, Any] = {"request_id": REQUEST, "case_id": CASE, "on": TODAY, "today": TODAY}


def test_a_lead_is_joined_to_one_request() -> None:
    given(noticed(), contacted()).when(join, **JOIN).then(joined())
    other = JOIN | {"request_id": UUID(int=9)}
    given(noticed(), joined()).when(join, **other).then_refused("joined-elsewhere")
    given(noticed(), expired()).when(join, **JOIN).then_refused("lead-expired")
    given().when(join, **JOIN).then_refused("lead-unknown")
    given(noticed(), joined()).when(contact, **CALL, days=DAYS).then(contacted())


def test_a_lead_of_a_case_without_a_request_is_joined_to_the_one_that_follows() -> None:
    unasked = joined().model_copy(update={"request_id": None})
    given(noticed()).when(join, **JOIN | {"request_id": None}).then(unasked)
    given(noticed(), unasked).when(join, **JOIN | {"request_id": None}).then_nothing()
    given(noticed(), unasked).when(join, **JOIN).then(joined())
    given(noticed(), joined()).when(join, **JOIN | {"request_id": None}).then_nothing()
    other = JOIN | {"case_id": UUID(int=9)}
    given(noticed(), unasked).when(join, **other).then_refused("joined-elsewhere")


LATER = date(2027, 2, 21)


def test_what_nothing_came_of_expires_the_day_after_its_last() -> None:
    last = noticed().keep_until
    given(noticed()).when(expire, today=last).then_refused("lead-not-due")
    given(noticed()).when(expire, today=LATER).then(expired())
    given(noticed(), contacted()).when(expire, today=LATER).then_refused("lead-not-due")
    given(noticed(), joined()).when(expire, today=LATER).then_refused("lead-joined")
    given().when(expire, today=LATER).then_refused("lead-unknown")
