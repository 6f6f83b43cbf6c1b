"""相談の一覧 as staff of different counters see it."""

from __future__ import annotations

import re

from tests.intake.conftest import COORDINATOR, OTHER_CLERK, Client, Running
from tests.intake.screens import ESCALATION, page, receive


async def test_the_list_begins_with_the_own_counter(running: Running, clerk: Client) -> None:
    where = await receive(clerk)
    text = await page(clerk, "/intake")
    assert "東部高齢者はつらつセンターの相談　新しい順" in text
    assert 'data-head="窓口"' not in text
    async with running.as_(OTHER_CLERK) as other:
        own = await page(other, "/intake")
        assert where not in own
        assert "この窓口の相談はまだありません。" in own
        assert 'href="/intake?counter=all"' in own
        everybody = await page(other, "/intake?counter=all&status=open")
    assert where in everybody
    assert 'data-head="窓口">東部高齢者はつらつセンター' in everybody
    assert "すべての窓口の相談　状況「受付済み」　新しい順" in everybody
    assert "お名前は表示できません" in everybody
    assert 'href="/intake?counter=all">条件を消す' in everybody


async def test_a_name_is_searched_beyond_the_own_counter(running: Running, clerk: Client) -> None:
    where = await receive(clerk)
    await clerk.post(f"{where}/escalation", data=ESCALATION)
    async with running.as_(COORDINATOR) as coordinator:
        assert where not in await page(coordinator, "/intake")
        assert where in await page(coordinator, "/intake?q=花子")


async def test_twenty_rows_a_page(clerk: Client) -> None:
    for number in range(21):
        await receive(clerk, command_id=f"n{number}", case="new")
    text = await page(clerk, "/intake")
    following = re.search(r'href="(/intake\?after=[^"]+)" rel="next"', text)
    assert following
    assert text.count("<small>75歳以上</small>") == 20
    rest = await page(clerk, following[1].replace("&amp;", "&"))
    assert rest.count("<small>75歳以上</small>") == 1
    assert "最新に戻る" in rest
