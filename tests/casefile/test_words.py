"""Codes that rules and facts branch on stand in the city's lists, with a word each."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from deploy.services import service_of
from deploy.teams import TEAMS
from services.community import words as community
from shared.vocabulary.city import City, CityError

CITY = City.load(Path(__file__).parents[2] / "deploy" / "municipalities" / "akiruno")


def test_the_services_say_what_the_city_says() -> None:
    assert {
        code: CITY.label("resource_kinds", code) for code in CITY.codes("resource_kinds")
    } == community.KINDS


@pytest.mark.parametrize(
    ("codes", "words"),
    [(community.Kind, community.KINDS), (community.Reason, community.REASONS)],
)
def test_every_code_has_a_word(codes: Any, words: dict[str, str]) -> None:
    assert set(get_args(codes)) == set(words)


def test_a_city_has_every_code_a_rule_branches_on() -> None:
    needed = {team: service_of(team).words for team in TEAMS if service_of(team).words}
    assert needed, "some rule branches on a word of the city"
    for words in needed.values():
        CITY.require(words)
    with pytest.raises(CityError, match="規則が使うコード"):
        CITY.require({"closure_reasons": ("no-such",)})
