"""An operator finds what is parked from the overview, and tries it again."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import asyncpg
import pytest
from playwright.sync_api import Page, expect

from deploy.services import settings_for
from tests.browser.running import Running

pytestmark = pytest.mark.browser

GOOD = """{"team": "coordination", "position": 900001, "type": "PlanAgreed", "meta": "{}",
  "fact_id": "00000000-0000-4000-8000-000000000001", "case_id": null, "data": "{}",
  "epoch": "00000000-0000-4000-8000-000000000002", "occurred_on": "2026-11-23"}"""
PARKED = """
INSERT INTO parked (source, position, fact_id, type, case_id, envelope, error) VALUES
 ('coordination', 900001, gen_random_uuid(), 'PlanAgreed', gen_random_uuid(), $1,
  'KeyError: words'),
 ('coordination', 900002, gen_random_uuid(), 'PlanAgreed', gen_random_uuid(), '{}',
  'ValidationError: words')
"""


def run(running: Running, sql: str, *values: str) -> None:
    """In the database of outreach; the browser's event loop is not ours to use."""

    async def execute() -> None:
        db = await asyncpg.connect(settings_for("outreach", running.data).database_url)
        await db.execute(sql, *values)
        await db.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, execute()).result()


@pytest.mark.parametrize("width", [1280, 390])
def test_an_operator_tries_a_parked_fact_again(
    running: Running, page: Page, look: Callable[[Page, str], None], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    run(running, PARKED, GOOD)
    running.sign_in(page, "operator")
    running.visit(page, "/portal/streams")
    page.get_by_text("保留 2件").wait_for()
    page.get_by_role("link", name=re.compile("保留している知らせを見る.*アウトリーチ")).press(
        "Enter"
    )
    look(page, f"parked-two-{width}")
    page.get_by_role("button", name=re.compile("再試行.*900001番")).press("Enter")
    expect(page.get_by_role("status")).to_contain_text("900001番を適用しました")
    page.get_by_role("button", name=re.compile("再試行.*900002番")).dblclick()
    expect(page.get_by_role("alert")).to_contain_text("900002番はまだ適用できません")
    look(page, f"parked-still-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    run(running, "DELETE FROM parked")
