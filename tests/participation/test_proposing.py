"""Places proposed with reasons; trials, contact afterwards, what is due (T-22 … T-24, N-04)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.participation.domain.events import Contacted
from services.participation.domain.following import Ending, conclude
from services.participation.domain.request import request
from services.participation.domain.trying import Assessment, keep_contact, try_place
from services.participation.due import due_of
from services.participation.proposing import Knowing, Wanted, propose
from services.participation.read.places import PlaceRow
from services.participation.read.requests import RequestRow
from shared.vocabulary.entries import Deadlines, Interval
from shared.vocabulary.places import Location
from tests.given import scenario
from tests.participation.examples import (
    CASE,
    MATCH,
    OPEN_PLACE,
    PLACE,
    REQUEST,
    RETIRED_PLACE,
    TODAY,
    TOMORROW,
    YESTERDAY,
    concluded,
    planned,
    requested,
    started,
    tried,
)

given = scenario(request)
MAP = {
    "草花": Location("kusabana", "chubu", "tasai"),
    "菅生": Location("sugao", "chubu", "tasai"),
    "秋川": Location("akigawa", "chubu", "higashi"),
    "戸倉": Location("tokura", "itsukaichi", "itsukaichi"),
}
CITY = Knowing(
    where=lambda area: MAP.get(area, Location()),
    care=lambda code: {"wheelchair": "車いすで入れる", "quiet": "静か"}[code],
    capacity=lambda code: {"room": "空きがある", "full": "いっぱい"}[code],
    accepts=lambda code: code == "room",
)
WANTED = Wanted(MAP["草花"], ("mon", "wed"), ("wheelchair",))


def row(name: str, area: str, **other: Any) -> PlaceRow:
    known: dict[str, Any] = {"weekdays": [], "targets": [], "cares": [], "capacity": None}
    known |= {"guests": 0, "town": None} | other
    return PlaceRow(
        PLACE, name, "salon", area, programme=None, listed_on=YESTERDAY, retired_on=None, **known
    )


def test_what_fits_best_comes_first_with_its_reasons() -> None:
    best = row("近い", "草花", weekdays=["mon"], cares=["wheelchair"], capacity="room")
    full = row("満員", "菅生", weekdays=["wed"], capacity="full")
    far = row("遠い", "戸倉", weekdays=["tue"])
    found = propose([far, full, best], WANTED, CITY)
    assert [one.place.name for one in found] == ["近い", "満員", "遠い"]
    assert found[0].reasons == (
        "同じ町にある",
        "希望の月曜日に開いている",
        "車いすで入れる",
        "空きがある",
    )
    assert found[0].lacks == ()
    assert found[1].lacks == ("「車いすで入れる」は確かめが必要", "いっぱい")
    assert found[2].lacks == (
        "住まいから離れている",
        "希望の曜日に開いていない",
        "「車いすで入れる」は確かめが必要",
        "空きを確かめる",
    )


def test_nearness_goes_by_town_district_and_catchment() -> None:
    places = [row(area, area) for area in ("戸倉", "秋川", "菅生", "草花")]
    found = propose(places, Wanted(MAP["草花"]), CITY)
    assert [one.place.name for one in found] == ["草花", "菅生", "秋川", "戸倉"]
    assert found[1].reasons == ("同じ保健師地区にある",)
    assert found[2].reasons == ("同じ圏域にある",)


def test_nothing_is_said_about_an_unknown_home() -> None:
    quiet, busy = row("い", "草花", guests=1), row("ろ", "草花", guests=4)
    found = propose([busy, quiet], Wanted(Location()), CITY)
    assert [one.place.name for one in found] == ["い", "ろ"]
    assert found[0].reasons == ()


TRY: dict[str, Any] = {
    "trial_id": MATCH,
    "resource_id": PLACE,
    "place": OPEN_PLACE,
    "result": "waiting",
    "assessment": Assessment(staffing="世話人2人", note="また来たい"),
    "on": TODAY,
    "today": TODAY,
}


def test_a_place_is_tried_after_the_plan() -> None:
    ready = (requested(), started(), planned())
    given(*ready).when(try_place, **TRY).then(tried())
    given(*ready, tried()).when(try_place, **TRY).then_nothing()
    given(requested(), started()).when(try_place, **TRY).then_refused("plan-first")
    given(*ready).when(try_place, **TRY | {"place": RETIRED_PLACE}).then_refused("place-retired")
    given(*ready).when(try_place, **TRY | {"on": YESTERDAY}).then_refused("before-plan")
    given(*ready).when(try_place, **TRY | {"on": TOMORROW}).then_refused("day-in-future")


@pytest.mark.parametrize("result", ["person-no", "place-no"])
def test_what_did_not_fit_is_said_with_its_reason(result: str) -> None:
    ready = (requested(), started(), planned())
    silent = TRY | {"result": result, "assessment": Assessment(staffing="世話人2人")}
    given(*ready).when(try_place, **silent).then_refused("why-missing")
    why = silent | {"assessment": Assessment("世話人2人", note="音が大きい")}
    given(*ready).when(try_place, **why).then(tried(result, "音が大きい"))


def test_contact_goes_on_after_the_end() -> None:
    facts: dict[str, Any] = {"contact_id": MATCH, "on": TODAY, "today": TODAY, "note": "元気"}
    said = Contacted(
        request_id=REQUEST, case_id=CASE, contact_id=MATCH, contacted_on=TODAY, note="元気"
    )
    over = (requested(), started(), concluded("declined"))
    given(*over).when(keep_contact, **facts).then(said)
    given(*over, said).when(keep_contact, **facts).then_nothing()
    given(*over).when(keep_contact, **facts | {"on": YESTERDAY}).then_refused("before-end")
    given(requested(), started()).when(keep_contact, **facts).then_refused("not-concluded")
    ending = Ending("declined", contact_until=YESTERDAY)
    early = {"on": TODAY, "today": TODAY, "ending": ending}
    given(requested(), started()).when(conclude, **early).then_refused("contact-until-before-end")


LIMITS = Deadlines()
EVERY = [Interval(code="monthly", label="毎月", days=31), Interval(code="free", label="随時")]
NOTHING: dict[str, Any] = dict.fromkeys(RequestRow.__dataclass_fields__)
KNOWN = {"request_id": REQUEST, "case_id": CASE, "status": "running", "requested_on": YESTERDAY}
ROW = RequestRow(**NOTHING | KNOWN)


@pytest.mark.parametrize(
    ("change", "kind", "on"),
    [
        ({"status": "waiting"}, "start", YESTERDAY + timedelta(days=14)),
        ({"started_on": TODAY}, "plan", TODAY + timedelta(days=14)),
        ({"started_on": TODAY, "planned_on": TODAY}, "match", TODAY + timedelta(days=30)),
        (
            {"planned_on": YESTERDAY, "tried_on": TODAY, "trial_result": "waiting"},
            "match",
            TODAY + timedelta(days=30),
        ),
        (
            {"planned_on": TODAY, "resource_id": PLACE, "matched_on": TODAY},
            "follow-up",
            TODAY + timedelta(days=30),
        ),
        ({"planned_on": TODAY, "resource_id": PLACE, "next_on": TOMORROW}, "follow-up", TOMORROW),
        (
            {"status": "concluded", "concluded_on": TODAY, "contact_every": "monthly"},
            "contact",
            TODAY + timedelta(days=31),
        ),
    ],
)
def test_what_is_due(change: dict[str, Any], kind: str, on: date) -> None:
    (found,) = due_of([replace(ROW, **change)], LIMITS, EVERY)
    assert (found.kind, found.on) == (kind, on)


def test_nothing_is_due_after_what_was_promised() -> None:
    ended = replace(ROW, status="concluded", concluded_on=YESTERDAY, contact_every="monthly")
    assert due_of([replace(ended, contact_until=TODAY)], LIMITS, EVERY) == []
    assert due_of([replace(ended, contact_every="free")], LIMITS, EVERY) == []
    assert due_of([replace(ended, contact_every=None)], LIMITS, EVERY) == []
    (later,) = due_of([replace(ended, contacted_on=TODAY)], LIMITS, EVERY)
    assert later.on == TODAY + timedelta(days=31)
