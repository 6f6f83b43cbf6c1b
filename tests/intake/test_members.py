"""A son known as a member of a household is found there, and gets no second case (F-02, F-20)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intake.conftest import OTHER_CLERK, Client, Running
from tests.intake.screens import SHEET, page, receive

SON: dict[str, Any] = {
    "relation": "son",
    "name": "別野 太郎",
    "kana": "ベツノ タロウ",
    "born_on": "昭和50年5月5日",
    "sex": "unknown",
    "living": "apart",
    "command_id": "m",
}
HE: dict[str, Any] = SHEET | {
    "counter": "C-04",
    "name": "別野 太郎",
    "kana": "",
    "phone": "",
    "born_on": "S50.5.5",
    "command_id": "he",
}


async def household(client: Client) -> str:
    where = await receive(client)
    assert (await client.post(f"{where}/household", data=SON)).status_code == 303
    return where


@pytest.mark.parametrize("typed", ["別野", "べつの たろう", "S50.5.5", "太郎 S50.5.5", "別野 雨間"])
async def test_the_search_finds_the_household_and_says_why(
    running: Running, clerk: Client, typed: str
) -> None:
    await household(clerk)
    found = (await clerk.get("/intake", params={"q": typed})).text
    assert "架空 花子" in found
    assert "世帯員 別野 太郎" in found
    async with running.as_(OTHER_CLERK) as other:
        seen = (await other.get("/intake", params={"q": typed})).text
    assert "この条件に合う相談はありません" in seen


async def test_who_was_struck_out_is_not_found(clerk: Client) -> None:
    where = await household(clerk)
    href = (await page(clerk, where)).split("/household/")[1].split('"')[0]
    struck = {"why": "mistake", "on": "2026-11-23", "command_id": "d"}
    assert (await clerk.post(f"{where}/household/{href}/departure", data=struck)).status_code == 303
    found = (await clerk.get("/intake", params={"q": "別野"})).text
    assert "この条件に合う相談はありません" in found


async def test_he_is_proposed_at_the_next_counter_and_joins_his_mothers_case(
    running: Running, clerk: Client
) -> None:
    where = await household(clerk)
    case = (await clerk.get(where.replace("/intake/", "/intake/api/"))).json()["case_id"]
    async with running.as_(OTHER_CLERK) as other:
        asked = await other.post("/intake/consultations", data=HE)
        assert asked.status_code == 422
        assert "このケースの世帯員として記録のある方" in asked.text
        assert "氏名・生年月日" in asked.text
        assert "架空 花子" not in asked.text
        joined = await other.post("/intake/consultations", data=HE | {"case": case})
        assert joined.status_code == 303, joined.text


async def test_a_forgotten_household_is_found_by_nobody(running: Running, clerk: Client) -> None:
    where = await household(clerk)
    case = (await clerk.get(where.replace("/intake/", "/intake/api/"))).json()["case_id"]
    await running.host.store.forget(case)
    rows = await running.host.store.pool.fetch("SELECT name, grams FROM members")
    assert [(row["name"], row["grams"]) for row in rows] == [(None, [])]


async def test_who_supports_them_now(running: Running, clerk: Client) -> None:
    """Not who ever received: information only is no support; who took a referral supports."""
    where = await receive(clerk)
    assert "東部高齢者はつらつセンター" in helping(await page(clerk, where))
    informed = SHEET | {"edition": "1", "screening": "information", "command_id": "s"}
    assert (await clerk.post(f"{where}/sheet", data=informed)).status_code == 303
    assert "東部高齢者はつらつセンター" not in helping(await page(clerk, where))
    letter = {"to_counter": "C-04", "why": "手帳", "basis": "consent", "command_id": "r"}
    sent = await clerk.post(f"{where}/referral", data=letter | {"consent_on": "R8.11.20"})
    async with running.as_(OTHER_CLERK) as other:
        took = await other.post(f"{sent.headers['location']}/acceptance", data={"command_id": "t"})
        assert took.status_code == 303, took.text
    assert "障がい者基幹相談支援センター" in helping(await page(clerk, where))


def helping(text: str) -> str:
    """The table of ties."""
    return text.split('id="ties"')[1].split("つながりを記録する")[0]
