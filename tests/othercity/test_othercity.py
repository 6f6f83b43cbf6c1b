"""The next city needs only configuration: a case goes its whole way, no page knows the first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deploy.cities import MUNICIPALITIES, city_of, keep_city
from deploy.teams import TEAMS
from deploy.trouble import Trouble
from deploy.verify import examine, from_community
from shared.vocabulary.city import City
from tests.othercity.conftest import Hall, resumed, team_of
from tests.othercity.folder import write_city


async def test_a_case_goes_its_whole_way_in_another_city(hall: Hall) -> None:
    case = await resumed(hall)
    await hall.there(case, "open")
    await hall.there("/reporting/api/indicators?fiscal_year=" + _year(hall), '"Q-31"')
    await hall.there(f"/reporting/api/indicators/Q-02/facts?fiscal_year={_year(hall)}")
    report = await examine(
        {team: hall.servers.postgres.team_url(team) for team in TEAMS if team != "portal"},
        hall.city.offices.coordination,
        from_community(hall.city),
    )
    assert [one for one in report.compared if not one.ok] == []
    seen = await _pages(hall)
    assert len(seen) > 40
    foreign = _words_of_the_first_city(hall.city)
    found = {(path, word) for path, text in seen.items() for word in foreign if word in text}
    assert found == set()


def _year(hall: Hall) -> str:
    year, month = int(hall.day[:4]), int(hall.day[5:7])
    return str(year if month >= 4 else year - 1)


async def _pages(hall: Hall) -> dict[str, str]:
    """Every page that links lead to, as its team's own staff see it."""
    waiting = ["/", *(f"/{team}" for team in TEAMS)]
    seen: dict[str, str] = {}
    while waiting and len(seen) < 150:
        path = waiting.pop(0)
        if path in seen:
            continue
        answer = await hall.get(path)
        assert answer.status_code < 500, path
        seen[path] = answer.text
        if "html" in answer.headers.get("content-type", ""):
            links = re.findall(r'href="(/[^"#]*)"', answer.text)
            waiting += [one.replace("&amp;", "&") for one in links if _worth_a_look(one)]
    return seen


def _worth_a_look(path: str) -> bool:
    """Not the files, and of a list not every way of sorting it."""
    return (
        (not team_of(path) or team_of(path) in TEAMS)
        and "/static/" not in path
        and path.count("&") < 2
    )


def _words_of_the_first_city(other: City) -> set[str]:
    first = City.load(MUNICIPALITIES / "akiruno")
    kinds = ("counters", "sections", "towns", "catchments", "nurse_districts", "venues")
    words = {entry.label for kind in kinds for entry in first.entries(kind)}
    words |= {entry.label for entry in first.entries("indicators")}
    ours = {entry.label for kind in kinds for entry in other.entries(kind)}
    return {"あきる野", "C-08", *(word for word in words if len(word) >= 4)} - ours


def test_a_data_folder_belongs_to_one_city(tmp_path: Path) -> None:
    folder = write_city(tmp_path / "tsukumo")
    data = tmp_path / "data"
    data.mkdir()
    assert city_of(data, None).code == "akiruno"
    keep_city(data, city_of(data, str(folder)))
    assert city_of(data, None).code == "tsukumo"
    with pytest.raises(Trouble, match="belongs to"):
        city_of(data, "akiruno")
    with pytest.raises(Trouble, match="akiruno"):
        city_of(data, str(tmp_path))
