"""The lists of Akiruno against what its plan says."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import date
from pathlib import Path

import pytest

from shared.vocabulary.city import City, Location
from shared.vocabulary.text import search_key

FOLDER = Path(__file__).parents[2] / "deploy" / "municipalities" / "akiruno"
CITY = City.load(FOLDER)
TODAY = date(2026, 11, 23)


def labels(kind: str) -> set[str]:
    return {entry.label for entry in CITY.entries(kind)}


def test_the_plan_and_its_years() -> None:
    assert CITY.plan is not None
    assert (CITY.plan.starts, CITY.plan.ends) == (date(2026, 4, 1), date(2030, 3, 31))
    assert [version.month for version in CITY.plan.versions] == ["令和7年11月", "令和8年3月"]


def test_counters_are_agencies_and_so_are_sections() -> None:
    assert CITY.codes("counters") == (*(f"C-{n:02}" for n in range(1, 18)), "C-99")
    inside = CITY.codes("counters") + CITY.codes("sections")
    assert CITY.codes("agencies") == inside + CITY.codes("outside_agencies")
    assert all(CITY.signs_in(code) for code in inside)
    assert not any(CITY.signs_in(code) for code in CITY.codes("outside_agencies"))
    assert CITY.find("agencies", "社協") == "welfare-council"
    assert CITY.label("agencies", "kenko") == "健康課"


def test_every_programme_of_the_law_has_its_place() -> None:
    assert "".join(CITY.codes("programmes")) == "1イ1ロ1ハ1ニ23イ3ロ3ハ3ニ3-0456"
    unwritten = [one.code for one in CITY.programmes if one.note == "計画に記載なし"]
    assert unwritten == ["3ロ", "3ハ"]
    assert [one.section for one in CITY.programmes if one.code in unwritten] == [None, None]


def test_a_counter_of_one_programme_names_it() -> None:
    programme = {counter.code: counter.programme for counter in CITY.counters}
    assert programme["C-01"] == "1イ"
    assert programme["C-08"] is None, "four programmes, none of them the counters'"


def test_41_towns_in_two_partitions_that_do_not_nest() -> None:
    assert len(CITY.towns) == 41
    assert Tally(town.catchment for town in CITY.towns) == {
        "ca-tobu": 11,
        "ca-chubu": 11,
        "ca-itsukaichi": 19,
    }
    assert Tally(town.nurse_district for town in CITY.towns) == {
        "nd-higashi-akiru-a": 7,
        "nd-higashi-akiru-b": 5,
        "nd-tasai": 4,
        "nd-nishi-akiru": 6,
        "nd-masuko": 6,
        "nd-itsukaichi": 12,
        None: 1,
    }


def test_50_venues_are_48_and_2() -> None:
    assert len(CITY.venues) == 50
    assert Tally(venue.half for venue in CITY.venues) == {"秋川地区": 26, "五日市地区": 24}
    assert sum(venue.city_half_follow for venue in CITY.venues) == 2
    assert sum(venue.town is not None for venue in CITY.venues) == 17
    assert [venue.towns for venue in CITY.venues if venue.towns] == [("ogawa", "ogawa-higashi")]
    assert [venue.label for venue in CITY.venues if venue.area == "雨間"] == [
        "雨間クラブ",
        "グリーンタウン自治会館",
    ]


def test_a_venue_has_the_town_whose_name_its_area_bears() -> None:
    town = {search_key(name): t.code for t in CITY.towns for name in (t.label, *t.aliases)}
    for venue in CITY.venues:
        assert venue.town == town.get(search_key(venue.area)), venue


def test_31_indicators() -> None:
    assert CITY.codes("indicators") == tuple(f"Q-{n:02}" for n in range(1, 32))


def test_every_local_issue_counts_under_a_standard_one() -> None:
    standard = {issue.code for issue in CITY.issues if issue.parent is None}
    assert len(standard) == 27
    assert {issue.parent for issue in CITY.issues if issue.parent} <= standard


def test_the_community_brings_consultations() -> None:
    assert {source.code for source in CITY.sources if source.community} == {
        "neighbour",
        "commissioner",
        "association",
        "community-group",
        "shop",
    }


@pytest.mark.parametrize(
    ("address", "town", "catchment", "district"),
    [
        ("あきる野市雨間1-2-3", "amema", "ca-tobu", "nd-higashi-akiru-a"),
        ("東京都あきる野市平沢東1", "hirasawa-higashi", "ca-tobu", "nd-higashi-akiru-a"),
        ("〒197-0804 あきる野市秋川１－８", "akigawa", "ca-chubu", "nd-higashi-akiru-a"),
        ("五日市411", "itsukaichi", "ca-itsukaichi", "nd-itsukaichi"),
        ("西多摩郡五日市町伊奈1", "ina", "ca-itsukaichi", "nd-masuko"),
        ("上の台5", "uenodai", "ca-itsukaichi", "nd-masuko"),
    ],
)
def test_an_address_finds_its_town(address: str, town: str, catchment: str, district: str) -> None:
    assert CITY.locate(address, on=TODAY) == Location(town, catchment, district)


@pytest.mark.parametrize("spelling", ["渕上", "淵上", "湊上", "瀏上", "渊上"])
def test_one_town_in_every_spelling_of_the_plan(spelling: str) -> None:
    assert CITY.locate(f"{spelling}100", on=TODAY).town == "fuchigami"


def test_a_town_without_a_nurse_stays_visible() -> None:
    assert CITY.locate("小峰台5", on=TODAY) == Location(
        "komine-dai", "ca-itsukaichi", None, ("unassigned-nurse-district",)
    )


@pytest.mark.parametrize(
    ("address", "note"),
    [
        ("", "town-unknown"),
        ("住所不定", "town-unknown"),
        ("あきる野市内", "town-unknown"),
        ("秋留台の集合住宅", "area-unmapped"),
        ("草花住宅3号棟", "area-unmapped"),
        ("八王子市高尾町1", "outside-city"),
        ("東京都新宿区西新宿2", "outside-city"),
    ],
)
def test_no_address_is_refused(address: str, note: str) -> None:
    assert CITY.locate(address, on=TODAY) == Location(notes=(note,))
