"""Codes in code and codes in the city's lists are the same, with the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from services.community import words as community
from services.outreach import words as outreach
from services.participation import words as participation
from shared.vocabulary.city import City

CITY = City.load(Path(__file__).parents[2] / "deploy" / "municipalities" / "akiruno")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("visit_methods", outreach.METHODS),
        ("outreach_outcomes", outreach.OUTCOMES),
        ("participation_outcomes", participation.OUTCOMES),
        ("resource_kinds", community.KINDS),
    ],
)
def test_the_services_say_what_the_city_says(kind: str, words: dict[str, str]) -> None:
    assert words == {code: CITY.label(kind, code) for code in CITY.codes(kind)}


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (outreach.Method, outreach.METHODS),
        (outreach.Outcome, outreach.OUTCOMES),
        (participation.Menu, participation.MENU),
        (participation.RelationNow, participation.RELATIONS),
        (participation.Method, participation.METHODS),
        (participation.Outcome, participation.OUTCOMES),
        (community.Kind, community.KINDS),
        (community.Reason, community.REASONS),
    ],
)
def test_every_code_has_a_word(codes: Any, words: dict[str, str]) -> None:
    assert set(get_args(codes)) == set(words)
