"""The list in three orders, narrowed, page by page: no row twice, none left out (F-20)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intake.conftest import Client
from tests.intake.screens import page
from tests.intake.test_api import API, receive

ROWS: list[dict[str, Any]] = [
    {"name": "一", "received_on": "2026-11-18", "urgency": "urgent", "address": "草花1"},
    {"name": "二", "received_on": "2026-11-20", "issues": ["care"], "main_issue": "care"},
    {"name": "三", "received_on": "2026-11-19", "urgency": "soon", "address": "雨間1"},
    {"name": "四", "received_on": "2026-11-20", "urgency": "urgent", "address": "雨間2"},
]


async def everybody(client: Client) -> None:
    for nth, row in enumerate(ROWS):
        await receive(client, f"k{nth}", **row)


async def names(client: Client, **asked: Any) -> str:
    """The names of all pages, one row a page."""
    found, after = "", ""
    for _ in range(9):
        params: dict[str, Any] = {"limit": 1, "after": after} | asked
        answer = (await client.get(API, params=params)).json()
        found += "".join(row["name"] for row in answer["items"])
        after = answer["next"]
        if not after:
            return found
    raise AssertionError(f"pages without an end: {found}")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "四二三一"),
        ({"sort": "oldest"}, "一三二四"),
        ({"sort": "urgency"}, "四一二三"),
        ({"urgency": "urgent"}, "四一"),
        ({"urgency": "urgent", "sort": "oldest"}, "一四"),
        ({"issue": "care"}, "二"),
        ({"issue": "debt", "district": "nd-higashi-akiru-a"}, "四三"),
        ({"issue": "care", "urgency": "urgent"}, ""),
    ],
)
async def test_every_order_pages(clerk: Client, asked: dict[str, str], expected: str) -> None:
    await everybody(clerk)
    assert await names(clerk, **asked) == expected


async def test_the_page_says_what_it_shows_and_pages_on(clerk: Client) -> None:
    await everybody(clerk)
    text = await page(clerk, "/intake?urgency=urgent&sort=oldest&district=nd-tasai")
    assert "緊急度「緊急（今日のうちに）」" in text
    assert "担当保健師の地区「多西」" in text
    assert "古い順" in text
    assert text.index("条件を消す") > 0
    assert "四" not in text.split("<tbody>")[1]


async def test_an_order_nobody_knows_is_refused(clerk: Client) -> None:
    assert (await clerk.get(API, params={"sort": "name"})).status_code == 422
