"""アセスメントシート (S-02): editions, two who write at once; and the sheets as printed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from services.intake.domain.assessment import Assessed, assess, assessment
from tests.given import scenario
from tests.intake.conftest import OTHER_CLERK, Client, Running
from tests.intake.examples import CASE, TODAY
from tests.intake.screens import page, receive
from tests.paper.reading import cells_of_book, words_of_pdf

given = scenario(assessment)
ANSWERS = {"health": "膝が痛い", "work": ""}
ASKED: dict[str, Any] = {"case_id": CASE, "on": TODAY, "today": TODAY}


def assessed(edition: int = 1, on: date = TODAY, **answers: str) -> Assessed:
    said = answers or {"health": "膝が痛い"}
    return Assessed(case_id=CASE, edition=edition, assessed_on=on, answers=said)


def test_each_save_is_an_edition() -> None:
    given().when(assess, edition=0, answers=ANSWERS, **ASKED).then(assessed())
    more = {"health": "膝が痛い", "work": "なし"}
    given(assessed()).when(assess, edition=1, answers=more, **ASKED).then(
        assessed(2, TODAY, **more)
    )
    given(assessed()).when(assess, edition=1, answers={}, **ASKED).then(
        Assessed(case_id=CASE, edition=2, assessed_on=TODAY, answers={})
    )


def test_nobody_writes_over_what_they_have_not_seen() -> None:
    other = {"health": "歩ける"}
    given(assessed()).when(assess, edition=0, answers=other, **ASKED).then_refused(
        "sheet-changed-meanwhile"
    )
    given(assessed()).when(assess, edition=0, answers=ANSWERS, **ASKED).then_nothing()


def test_an_empty_sheet_and_a_day_to_come_are_refused() -> None:
    given().when(assess, edition=0, answers={"health": ""}, **ASKED).then_refused("sheet-empty")
    later = ASKED | {"on": TODAY + timedelta(days=1)}
    given().when(assess, edition=0, answers=ANSWERS, **later).then_refused("assessed-in-future")


SENT = {
    "edition": "0",
    "on": "令和8年11月20日",
    "item_health": "膝が痛い",
    "item_view": "見守りが要る",
}


async def test_two_who_write_at_once_see_each_other(running: Running, clerk: Client) -> None:
    where = f"{await receive(clerk)}/assessment"
    assert (await clerk.post(where, data=SENT | {"command_id": "a"})).status_code == 303
    # Somebody who opened the empty sheet before saves: another field, and one that both wrote in.
    second = {
        "edition": "0",
        "on": "令和8年11月20日",
        "item_health": "歩けない",
        "item_career": "工場",
        "command_id": "b",
    }
    answer = await clerk.post(where, data=second)
    assert answer.status_code == 409
    assert "ほかの職員がこの記録を書きかえました" in answer.text
    assert "ほかの職員が書いたこと: 膝が痛い" in answer.text
    assert "歩けない" in answer.text, "what was typed stays"
    assert "見守りが要る" in answer.text, "what only the other wrote is taken over"
    assert 'name="edition" value="1"' in answer.text
    again = second | {"edition": "1", "item_view": "見守りが要る", "command_id": "c"}
    assert (await clerk.post(where, data=again)).status_code == 303
    text = await page(clerk, where)
    assert all(said in text for said in ("歩けない", "工場", "見守りが要る"))
    assert (await clerk.post(where, data=SENT | {"on": "令和9年1月1日"})).status_code == 409


async def test_the_sheets_are_printed_for_who_works_with_the_person(
    running: Running, clerk: Client
) -> None:
    here = await receive(
        clerk,
        topics=["housing", "food"],
        main_topic="housing",
        urgency="urgent",
        visitor_relation="長女",
        visitor_name="架空 来子",
    )
    await clerk.post(f"{here}/assessment", data=SENT)
    await clerk.post(f"{here}/household", data={"relation": "daughter", "name": "架空 来子"})
    shown = await page(clerk, here)
    assert "◎住まいのこと　○食べるものがない" in shown
    assert "長女 架空 来子" in shown
    first = await clerk.get(f"{here}/papers/reception.pdf")
    assert first.headers["content-type"] == "application/pdf"
    assert first.headers["cache-control"] == "no-store"
    words = words_of_pdf(first.content)
    for said in (
        "相談受付・申込票",
        "◎住まいのこと",
        "架空来子",
        "緊急（今日のうちに）",
        "取扱注意",
    ):
        assert said in words
    second = words_of_pdf((await clerk.get(f"{here}/papers/assessment.pdf")).content)
    for said in ("アセスメントシート", "膝が痛い", "見守りが要る", "ジェノグラム", "娘"):
        assert said in second
    cells = cells_of_book((await clerk.get(f"{here}/papers/assessment.xlsx")).content)
    assert "膝が痛い" in cells
    assert (await clerk.get(f"{here}/papers/reception.doc")).status_code in (404, 422)
    async with running.as_(OTHER_CLERK) as other:
        refused = await other.get(f"{here}/papers/reception.pdf")
        assert refused.status_code in (403, 404, 409)
        assert b"%PDF" not in refused.content
