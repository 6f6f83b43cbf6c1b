"""What everybody sees without signing in, and what leaves as open data and comes back."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx2
import pytest

from deploy.embedded import Servers
from services.community.app import community
from services.community.importing import rows_of
from services.community.receiving import Became, receive_row
from shared.runtime.settings import Settings
from tests.casefile.running import COMMUNITY, Client, Running, page, running, send

SHOWN: dict[str, Any] = {
    "name": "ふれあいサロンさくら",
    "kana": "フレアイサロンサクラ",
    "kind": "salon",
    "area": "さくら台",
    "organisation": "さくら台町内会",
    "schedule": "毎週火曜 10:00-11:30",
    "targets": ["older", "carers"],
    "target": "おおむね65歳以上",
    "cares": ["wheelchair"],
    "capacity": "room",
    "phone": "042-000-0000",
    "note": "=1+1 と書いた備考",
    "published": "true",
}
HIDDEN: dict[str, Any] = {"name": "内輪の会", "kind": "hobby", "area": "ひみつ台"}


@pytest.fixture
async def service(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[Running]:
    async with running(community, settings_of("community"), servers) as service:
        yield service


@pytest.fixture
async def staff(service: Running) -> AsyncIterator[Client]:
    async with service.as_(COMMUNITY) as client:
        yield client


@asynccontextmanager
async def stranger(service: Running) -> AsyncIterator[Client]:
    """Somebody at home, with no account."""
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=service.app), base_url="http://localhost"
    ) as client:
        yield client


async def test_a_stranger_sees_published_places_and_no_other(
    service: Running, staff: Client
) -> None:
    shown = await send(staff, "/community/resources", **SHOWN)
    hidden = await send(staff, "/community/resources", **HIDDEN)
    gone = await send(staff, "/community/resources", **SHOWN | {"name": "閉じた会"})
    await send(staff, f"{gone}/retirement", on="2026-11-23", reason="moved")
    async with stranger(service) as somebody:
        text = await page(somebody, "/community/public?weekday=tue&target=older&retired=yes")
        assert "ふれあいサロンさくら" in text
        for never in ("内輪の会", "ひみつ台", "閉じた会", "/community/resources"):
            assert never not in text
        entry = await page(somebody, f"/community/public/places/{shown.rsplit('/', 1)[1]}")
        assert "毎週火曜 10:00-11:30" in entry
        for one in (hidden, gone, str(UUID(int=7))):
            await page(somebody, f"/community/public/places/{one.rsplit('/', 1)[-1]}", status=404)
        listed = (await somebody.get("/community/public/places.csv")).content.decode("utf-8-sig")
        assert "内輪の会" not in listed
        assert (await somebody.get("/community", follow_redirects=False)).status_code in (303, 401)


async def downloaded(client: Client) -> bytes:
    answer = await client.get("/community/public/places.csv")
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf"), "Excel needs the BOM"
    return bytes(answer.content)


async def received(service: Running, raw: bytes) -> tuple[list[Became], list[str]]:
    became: list[Became] = []
    problems: list[str] = []
    for row in rows_of(raw, service.host.city):
        problems += row.problems
        if not row.problems:
            became.append(await receive_row(service.desk(), row))
    return became, problems


async def test_open_data_has_the_columns_of_the_standard(staff: Client) -> None:
    await send(staff, "/community/resources", **SHOWN)
    header, cells = csv.reader((await downloaded(staff)).decode("utf-8-sig").splitlines())
    assert header[:6] == [
        *("都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "名称", "名称_カナ")
    ]
    said = dict(zip(header, cells, strict=True))
    assert said["都道府県コード又は市区町村コード"] == "132284"
    assert (said["利用可能曜日"], said["開始時間"], said["終了時間"]) == ("火", "10:00", "11:30")
    assert said["備考"] == "'=1+1 と書いた備考", "no formula for whoever opens it in Excel"
    assert said["対象"] == "高齢者、家族・介護している方"


async def test_what_left_comes_back_and_changes_nothing(service: Running, staff: Client) -> None:
    await send(staff, "/community/venues")
    await send(staff, "/community/resources", **SHOWN)
    raw = await downloaded(staff)
    told = await service.told()
    became, problems = await received(service, raw)
    assert (set(became), problems) == ({Became.SAME}, [])
    assert await service.told() == told

    mended = raw.decode("utf-8-sig").replace("042-000-0000", "042-111-1111").encode("cp932")
    became, _ = await received(service, mended)
    assert became.count(Became.CHANGED) == 1
    assert (await service.told())[len(told) :] == ["ResourceCorrected"]


OTHERS = (
    "都道府県コード又は市区町村コード,NO,名称,住所,方書,緯度,利用可能曜日,開始時間,終了時間,備考\n"
    "132284,0001,みどり会館,平沢1-1,,35.7,月水,9:00,17:00,駐車場なし\n"
    "132284,,あおぞら広場,草花2-2,,,,,,\n"
)


async def test_another_offices_list_becomes_entries_once(service: Running, staff: Client) -> None:
    for expected in (Became.NEW, Became.SAME):
        assert await received(service, OTHERS.encode()) == ([expected] * 2, [])
    text = await page(staff, "/community?words=みどり")
    assert "毎週月曜 09:00-17:00、毎週水曜 09:00-17:00" in text
    async with stranger(service) as somebody:
        assert "みどり会館" not in await page(somebody, "/community/public"), "staff publish it"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "空です"),
        (b"PK\x03\x04", "Excelのファイルです"),
        ("氏名,住所\n架空 花子,平沢\n".encode(), "名称がありません"),
        ("名称,名称\nあ,い\n".encode(), "同じ見出し"),
        ("名称,住所\nあ\n".encode(), "列の数が1です"),
        ("名称,住所\n,平沢\n".encode(), "名称が書かれていません"),
        (f"名称\n{'長' * 121}\n".encode(), "名称が長すぎます"),
        ("名称,種類\nあ,城\n".encode(), "種類: 「城」は一覧にありません"),
        ("名称,対象\nあ,高齢者、竜\n".encode(), "対象: 「竜」は一覧にありません"),
        ("名称,定期の開催\nあ,ときどき\n".encode(), "曜日と時間として読めません"),
        ("名称,URL\nあ,javascript:1\n".encode(), "URL: http"),
        ("名称,公表\nあ,たぶん\n".encode(), "「はい」か「いいえ」"),
        ("都道府県コード又は市区町村コード,名称\n131016,あ\n".encode(), "あきる野市ではありません"),
        ("名称,NO\nあ,1\nい,1\n".encode(), "2行目と同じ場所です"),
        ('名称,住所\n"あ,平沢\n'.encode(), "CSVとして読めません"),
    ],
)
async def test_a_row_that_says_nothing_says_why(service: Running, raw: bytes, why: str) -> None:
    assert why in "。".join(p for row in rows_of(raw, service.host.city) for p in row.problems)


async def test_the_same_in_the_shape_of_hsds(service: Running, staff: Client) -> None:
    await send(staff, "/community/resources", **SHOWN, building="さくら会館")
    more = {"name": "さくら体操", "schedule": "第2・4木曜", "building": "さくら 会館"}
    await send(staff, "/community/resources", **SHOWN | more)
    await send(staff, "/community/resources", **HIDDEN)
    async with stranger(service) as somebody:
        told = (await somebody.get("/community/public/hsds.json")).json()
    [organisation], [location] = told["organizations"], told["locations"]
    assert organisation["name"] == "さくら台町内会"
    assert location["name"].replace(" ", "") == "さくら会館"
    salon, gym = sorted(told["services"], key=lambda one: str(one["schedules"][0]["freq"]))[::-1]
    assert {one["organization_id"] for one in (salon, gym)} == {organisation["id"]}
    [weekly], [monthly] = salon["schedules"], gym["schedules"]
    assert (weekly["byday"], weekly["opens_at"], weekly["closes_at"]) == ("TU", "10:00", "11:30")
    assert (monthly["freq"], monthly["byday"]) == ("MONTHLY", "2TH,4TH")
    assert salon["eligibility_description"] == "高齢者、家族・介護している方、おおむね65歳以上"
    assert {one["location_id"] for one in told["service_at_locations"]} == {location["id"]}
    assert "内輪の会" not in str(told)
