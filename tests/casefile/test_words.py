"""Codes that rules branch on stand in the city's lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.services import service_of
from deploy.teams import TEAMS
from shared.vocabulary.city import City, CityError

CITY = City.load(Path(__file__).parents[2] / "deploy" / "municipalities" / "akiruno")


def test_a_city_has_every_code_a_rule_branches_on() -> None:
    needed = {team: service_of(team).words for team in TEAMS if service_of(team).words}
    assert needed, "some rule branches on a word of the city"
    for words in needed.values():
        CITY.require(words)
    with pytest.raises(CityError, match="規則が使うコード"):
        CITY.require({"closure_reasons": ("no-such",)})
