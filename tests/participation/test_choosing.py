"""A place is chosen in a directory of thousands: proposed, or found by words (T-22, F-10)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from services.participation.matching import BEST, knowing
from services.participation.proposing import Wanted, propose
from services.participation.reactions import list_new_place
from shared.vocabulary.city import City
from tests.casefile.running import Client, Running, page, send
from tests.participation.examples import PLACE
from tests.participation.sent import HERE, JSON, MATCH, PLAN, REGISTERED
from tests.participation.test_proposing import row

AKIRUNO = Path(__file__).resolve().parents[2] / "deploy" / "municipalities" / "akiruno"
FAR = UUID(int=0xFA4)
"""The last of the directory by area and name."""
LATER = UUID(int=0xFA5)
MANY = 5_000


@pytest.fixture
async def crowd(service: Running, nurse: Client) -> None:
    """Thousands of places before the one that fits, and one that fits no better than they do."""
    await service.host.store.pool.execute(_CROWD, MANY)
    fits = REGISTERED.model_copy(
        update={"resource_id": FAR, "name": "ん広場", "area": "んの里", "town": "kusabana"}
    )
    plain = REGISTERED.model_copy(
        update={"resource_id": LATER, "name": "龍の茶屋", "area": "んの里", "weekdays": ()}
    )
    await list_new_place(fits, service.desk())
    await list_new_place(plain, service.desk())
    await send(nurse, f"{HERE}/start", command_id="s")
    await send(nurse, f"{HERE}/plan", **PLAN | {"weekdays": ["mon"]})


def choices(text: str) -> list[str]:
    return re.findall(r'<option value="([^"]+)"', text)


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize("action", ["matches", "trials"])
async def test_the_last_of_five_thousand_is_proposed(nurse: Client, action: str) -> None:
    text = await page(nurse, f"{HERE}/{action}/new")
    assert str(FAR) in choices(text)[:2], "best first, however late in the directory"
    assert "同じ町にある" in text
    assert f"台帳にある{MANY + 3}か所のうち、上から8か所" in text
    assert len(choices(text)) == BEST
    assert str(LATER) not in text


@pytest.mark.usefixtures("crowd")
async def test_another_place_is_found_by_words_and_nothing_typed_is_lost(
    service: Running, nurse: Client
) -> None:
    typed = MATCH | {"on": "R8.11.2", "resource_id": str(PLACE), "words": "茶屋", "ask": "places"}
    told = await service.told()
    found = await send(nurse, f"{HERE}/matches", 200, **typed)
    assert choices(found) == [str(PLACE), str(LATER)], "what was chosen stays a choice"
    assert "世話役が二人いる" in found
    assert "R8.11.2" in found
    assert "「茶屋」で見つかった1か所" in found
    nothing = await send(nurse, f"{HERE}/matches", 200, **typed | {"words": "月の裏"})
    assert "「月の裏」で見つかった場所はありません" in nothing
    empty = await send(nurse, f"{HERE}/trials", 200, words="茶屋", ask="places")
    assert "▲" not in empty, "what is not filled in yet is not wrong"
    assert await service.told() == told
    await send(nurse, f"{HERE}/matches", **MATCH | {"resource_id": str(LATER)})
    assert "龍の茶屋 とマッチングしました" in await page(nurse, HERE)


@pytest.mark.usefixtures("crowd")
async def test_systems_get_the_same_proposals(nurse: Client) -> None:
    found = (await nurse.get(f"{JSON}/proposals")).json()
    assert len(found) == BEST
    assert {one["place"]["resource_id"] for one in found[:2]} == {str(FAR), str(PLACE)}
    assert "希望の月曜日に開いている" in found[0]["reasons"]
    [tea] = (await nurse.get(f"{JSON}/proposals?words=茶屋")).json()
    assert tea["lacks"][0] == "開いている曜日がわからない"


def test_a_neighbourhood_is_near_when_the_directory_knows_its_town() -> None:
    """V-1: an area is often no town; the map of the city knows towns."""
    today = date(2026, 11, 23)
    akiruno = City.load(AKIRUNO)
    city, home = knowing(akiruno, today), akiruno.locate("草花一丁目", today)
    known = row("知", "ホームタウン秋川", town="kusabana")
    unknown = row("未", "ホームタウン秋川")
    found = propose([unknown, known], Wanted(home), city)
    assert [(one.place.name, one.reasons) for one in found] == [
        ("知", ("同じ町にある",)),
        ("未", ()),
    ]


_CROWD = """
INSERT INTO places (resource_id, name, search_key, kind, area, listed_on)
SELECT gen_random_uuid(), '場' || n, '場' || n, 'venue', 'あ', '2026-11-22'
FROM generate_series(1, $1) AS n
"""
