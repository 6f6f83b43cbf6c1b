"""An invented history goes through the real decisions, the same for the same seed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

import asyncpg
import pytest

from deploy.cities import MUNICIPALITIES
from deploy.commands.simulate import APRIL, simulate
from deploy.embedded import Servers
from deploy.services import settings_from
from deploy.simulating.chance import burdens, comers, household, turned_to
from deploy.simulating.hall import opened
from deploy.simulating.places import session_kind
from deploy.simulating.play import History, play
from deploy.teams import TEAMS
from deploy.trouble import Trouble
from deploy.verify import examine
from shared.vocabulary.ages import age_band
from shared.vocabulary.city import City
from tests.othercity.folder import write_city
from tests.waiting import until

DAYS = 75


async def played(servers: Servers, seed: int = 7) -> History:
    settings = {team: settings_from(servers.environment(team)) for team in TEAMS}
    async with opened(settings, seed, APRIL) as hall:
        history = await play(hall, DAYS, 0.4)
        await until(lambda: _counted(servers, history.consultations), "all is counted", seconds=60)
        return history


async def _counted(servers: Servers, consultations: int) -> bool:
    heads = await _heads(servers)
    db = await asyncpg.connect(servers.postgres.team_url("reporting"))
    try:
        rows = await db.fetch("SELECT source, position FROM consumed")
        at = {row["source"]: row["position"] for row in rows}
    finally:
        await db.close()
    return consultations > 0 and all(at.get(team, 0) == head for team, head in heads.items())


async def _heads(servers: Servers) -> Mapping[str, int]:
    heads = {}
    for team in TEAMS:
        if team == "reporting":  # states figures by its own clock, and does not count itself
            continue
        db = await asyncpg.connect(servers.postgres.team_url(team))
        heads[team] = await db.fetchval("SELECT fact_position FROM head")
        await db.close()
    return {team: head for team, head in heads.items() if head}


async def test_a_history_is_whole_and_the_same_again(tmp_path: Path) -> None:
    with Servers.temporary(city=str(write_city(tmp_path / "tsukumo"))) as servers:
        first = await played(servers)
        assert first.consultations > 100
        assert first.cases > 2
        heads = await _heads(servers)
        assert {"intake", "coordination", "community"} <= heads.keys()
        urls = {team: servers.postgres.team_url(team) for team in TEAMS if team != "portal"}
        report = await examine(urls, "w3")
        assert [f for f in report.findings if not f.ok] == []
        assert [c for c in report.compared if not c.ok] == []
        again = await played(servers)
        assert (again.consultations, again.cases) == (first.consultations, first.cases)
        assert await _heads(servers) == heads, "the same seed adds nothing"


def test_nobody_comes_on_a_sunday_and_more_come_in_april() -> None:
    sunday = date(2026, 4, 5)
    assert comers(sunday, APRIL, 1, Random(1)) == 0
    days = [APRIL + timedelta(days=n) for n in range(365)]
    came = {day: comers(day, APRIL, 5, Random(f"{day}")) for day in days}
    assert 8_000 < sum(came.values()) < 12_000
    april = sum(number for day, number in came.items() if day.month == 4)
    august = sum(number for day, number in came.items() if day.month == 8)
    assert april > august


def test_the_venues_hold_the_sessions_they_are_there_for() -> None:
    kind = session_kind(City.load(MUNICIPALITIES / "akiruno"), APRIL)
    assert kind is not None
    assert kind.code == "ikiiki-session"


def test_people_turn_to_the_counter_of_their_field() -> None:
    """Drawn apart from one another, three of four consultations reached into another field."""
    city, random = City.load(MUNICIPALITIES / "akiruno"), Random(5)
    elderly = next(one for one in city.fields if one.code == "elderly")
    came = reached = own = 0
    for number in range(400):
        who = household(number, city, APRIL, random)
        counter = turned_to(who, city, APRIL, random)
        ticked = burdens(counter, city, APRIL, random)
        assert len(set(ticked)) == len(ticked)
        programmes = next(one.programmes for one in city.counters if one.code == counter)
        if age_band(who.born_on, APRIL) == "75+":
            came += 1
            own += "1イ" in programmes
            reached += not set(ticked) <= set(elderly.issues)
    assert own > came * 0.7
    assert came * 0.1 < reached < came * 0.6


def test_people_are_invented_and_fit_on_the_sheet() -> None:
    city = City.load(MUNICIPALITIES / "akiruno")
    for number in range(200):
        who = household(number, city, APRIL, Random(number))
        assert who.born_on < APRIL
        assert 1 <= who.size <= 30
        assert who.name.split()[0] in {
            "架空",
            "見本",
            "例示",
            "試作",
            "仮名",
            "想定",
            "模擬",
            "仮設",
        }


def test_real_data_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "tsunagu.data").write_text("", encoding="utf-8")
    with pytest.raises(Trouble, match="other data"):
        simulate(tmp_path, 0.1, 1, 1, None)


def test_another_history_does_not_come_into_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "simulated").write_text("7 0.4\n", encoding="utf-8")
    for seed, scale in ((8, 0.4), (7, 1.0)):
        with pytest.raises(Trouble, match=r"--seed 7 --scale 0\.4"):
            simulate(data=tmp_path, seed=seed, scale=scale)
