"""The city's list of indicators and the definitions say the same."""

from __future__ import annotations

from collections.abc import Callable

from services.reporting.planned import faults_of
from shared.runtime.settings import Settings
from shared.vocabulary.city import City


def test_a_city_whose_list_says_otherwise_is_told_so(
    settings_of: Callable[[str], Settings],
) -> None:
    city = City.load(settings_of("reporting").city_dir)
    assert list(faults_of(city)) == []
    first, *others = city.indicators
    for changed, said in (
        ({"unit": "人"}, "Q-01: 単位は 件 です (書かれているもの: 人)"),
        ({"kind": "text"}, "Q-01: kind は number です (書かれているもの: text)"),
    ):
        wrong = (first.model_copy(update=changed), *others)
        [fault] = faults_of(city.model_copy(update={"indicators": wrong}))
        assert fault == f"indicators.toml: {said}"
