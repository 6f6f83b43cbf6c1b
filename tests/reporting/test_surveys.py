"""Surveys, hearings and reviews: anonymous, once, side by side (L-01 … L-03, D-01, D-02)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from deploy.embedded import Servers
from services.reporting.domain import review as r
from services.reporting.domain import survey as s
from services.reporting.inviting import read_token, token_of
from services.reporting.publishing import HIDDEN
from services.reporting.survey_results import said_by
from shared.runtime.settings import Settings
from tests.given import scenario
from tests.paper.reading import words_of_pdf
from tests.reporting.conftest import APRIL, NOVEMBER, Client, serving
from tests.reporting.test_pages import page
from tests.reporting.test_years import send

TODAY, LATER, PAST = date(2026, 11, 23), date(2026, 12, 23), date(2026, 11, 1)
ROUND = s.round_of(2026, "start")
LINK = uuid5(ROUND, "C-01")
surveys, reviews = scenario(s.survey), scenario(r.reviews)
OPENED = s.RoundOpened(
    round_id=ROUND,
    fiscal_year=2026,
    when="start",
    items=("L-01", "L-02"),
    opened_on=TODAY,
    closes_on=LATER,
)
ASKED = s.Invited(round_id=ROUND, invitation_id=LINK, agency="C-01", invited_on=TODAY)
USED = s.LinkUsed(round_id=ROUND, invitation_id=LINK, used_on=TODAY)
SAID = s.Answered(round_id=ROUND, grades={"L-01": "4"}, note="助かる")


def test_a_round_is_opened_once() -> None:
    facts: dict[str, Any] = {
        "fiscal_year": 2026,
        "when": "start",
        "items": ["L-01", "L-02"],
        "closes_on": LATER,
        "today": TODAY,
    }
    surveys().when(s.open_round, **facts).then(OPENED)
    surveys(OPENED).when(s.open_round, **facts).then_nothing()
    sooner = facts | {"closes_on": date(2026, 12, 1)}
    moved = s.Rescheduled(round_id=ROUND, closes_on=sooner["closes_on"], rescheduled_on=TODAY)
    surveys(OPENED).when(s.open_round, **sooner).then(moved)
    surveys(OPENED, moved).when(s.open_round, **sooner).then_nothing()
    over = facts | {"closes_on": date(2027, 2, 1), "today": date(2027, 1, 1)}
    surveys(OPENED).when(s.open_round, **over).then_refused("survey-closed")
    surveys().when(s.open_round, **facts | {"closes_on": PAST}).then_refused("survey-closes-before")


def test_each_agency_gets_one_link() -> None:
    surveys(OPENED).when(s.invite, agencies=["C-01", "C-01"], today=TODAY).then(ASKED)
    surveys(OPENED, ASKED).when(s.invite, agencies=["C-01"], today=TODAY).then_nothing()
    surveys().when(s.invite, agencies=["C-01"], today=TODAY).then_refused("survey-unknown")


def test_a_link_answers_once() -> None:
    facts: dict[str, Any] = {
        "invitation_id": LINK,
        "grades": {"L-01": "4", "L-99": "1"},
        "note": "助かる",
        "today": TODAY,
    }
    surveys(OPENED, ASKED).when(s.answer, **facts).then(USED, SAID)
    surveys(OPENED, ASKED, USED, SAID).when(s.answer, **facts).then_nothing()
    stranger = facts | {"invitation_id": UUID(int=1)}
    surveys(OPENED, ASKED).when(s.answer, **stranger).then_refused("link-unknown")
    empty = facts | {"grades": {}, "note": None}
    surveys(OPENED, ASKED).when(s.answer, **empty).then_refused("answer-empty")
    late = facts | {"today": date(2027, 1, 1)}
    surveys(OPENED, ASKED).when(s.answer, **late).then_refused("survey-closed")


def test_an_answer_names_neither_agency_nor_link() -> None:
    assert set(s.Answered.model_fields) == {"round_id", "grades", "note"}


def test_a_hearing_is_written_down() -> None:
    facts: dict[str, Any] = {
        "hearing_id": UUID(int=5),
        "agency": "C-01",
        "note": "頼みやすい",
        "on": TODAY,
        "today": TODAY,
    }
    heard = s.Interviewed(
        round_id=ROUND, hearing_id=UUID(int=5), agency="C-01", heard_on=TODAY, note="頼みやすい"
    )
    surveys(OPENED).when(s.interview, **facts).then(heard)
    surveys(OPENED, heard).when(s.interview, **facts).then_nothing()
    surveys(OPENED).when(s.interview, **facts | {"on": PAST}).then_refused("hearing-before-round")
    surveys().when(s.interview, **facts).then_refused("survey-unknown")


WORDS = r.Words("つながった", "場が足りない", "場を増やす")
REVIEW: dict[str, Any] = {
    "fiscal_year": 2026,
    "programme": "2",
    "edition": 0,
    "words": WORDS,
    "on": TODAY,
    "today": TODAY,
}


def reviewed(edition: int = 1, **other: str) -> r.Reviewed:
    return r.Reviewed(
        fiscal_year=2026,
        programme="2",
        edition=edition,
        reviewed_on=TODAY,
        **vars(WORDS) | other,
    )


def test_a_programme_is_reviewed_and_written_again() -> None:
    reviews().when(r.review, **REVIEW).then(reviewed())
    reviews(reviewed()).when(r.review, **REVIEW).then_nothing()
    other = REVIEW | {"words": r.Words("つながった", "", "")}
    reviews(reviewed()).when(r.review, **other).then_refused("review-changed")
    again = reviewed(2, issues="", measures="")
    reviews(reviewed()).when(r.review, **other | {"edition": 1}).then(again)
    empty = REVIEW | {"words": r.Words(" ", "", "")}
    reviews().when(r.review, **empty).then_refused("review-empty")
    reviews().when(r.review, **REVIEW | {"on": date(2026, 3, 31)}).then_refused(
        "review-before-year"
    )


def test_the_committee_hears_of_it() -> None:
    facts: dict[str, Any] = {"fiscal_year": 2026, "note": "了承", "on": TODAY, "today": TODAY}
    told = r.Reported(fiscal_year=2026, reported_on=TODAY, note="了承")
    reviews(reviewed()).when(r.report, **facts).then(told)
    reviews(reviewed(), told).when(r.report, **facts).then_nothing()
    other = r.Reported(fiscal_year=2026, reported_on=TODAY, note="場を増やすこと")
    reviews(reviewed(), told).when(r.report, **facts | {"note": other.note}).then(other)
    reviews().when(r.report, **facts).then_refused("nothing-reviewed")


def test_a_link_proves_itself(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(bytes(range(32)))
    token = token_of(key, ROUND, LINK)
    assert read_token(key, token) == (ROUND, LINK)
    other = tmp_path / "other"
    other.write_bytes(bytes(32))
    for wrong in (token_of(other, ROUND, LINK), token[:-4] + "AAAA", "x", "", "あ"):
        assert read_token(key, wrong) is None


@pytest.fixture
async def links(client: Client) -> dict[str, str]:
    asked = {"closes_on": "2026-12-23", "agencies": ["C-01", "C-02", "C-03", "C-04", "C-05"]}
    opened = await client.post("/reporting/api/surveys/2026/start", json=asked)
    assert opened.status_code == 201, opened.text
    found: dict[str, str] = opened.json()["links"]
    return found


async def answer(client: Client, link: str, **typed: str) -> Any:
    """As a browser that is not signed in sends the page's own form."""
    headers = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
    return await client.post(link, data={"command_id": "x"} | typed, headers=headers)


async def test_answers_come_without_a_sign_in_and_nobody_watches_them_come(
    client: Client, links: dict[str, str]
) -> None:
    here = "/reporting/surveys/2026/start"
    token = client.headers.pop("authorization")
    for nth, link in enumerate(links.values()):
        shown = await page(client, link)
        assert "気兼ねなく相談できている" in shown
        nothing = await answer(client, link)
        assert nothing.status_code == 409
        done = await answer(client, link, grade_1="4", note="話が早い" if nth == 0 else "")
        assert done.status_code == 200, done.text
        assert "回答を受け取りました" in done.text
        again = await answer(client, link, grade_1="1")
        assert "すでに受け取っています" in again.text
        client.headers["authorization"] = token
        text = await page(client, here)
        assert f"回答 {nth + 1}／5機関" in text
        assert "結果は、締切のあとに表示します" in text
        assert "話が早い" not in text
        assert "問いごとの回答数" not in text
        client.headers.pop("authorization")
    assert "このリンクは使えません" in await page(client, "/reporting/answers/abc", status=404)
    client.headers["authorization"] = token


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([6, 7, 0, 0], [6, 7, 0, 0]),
        ([9, 0, 0, 0], [HIDDEN] * 4),
        ([2, 2, 0, 0], [HIDDEN] * 4),
        ([12, 6, 2, 0], [12, HIDDEN, HIDDEN, HIDDEN]),
        ([9, 1, 0, 0], [HIDDEN] * 4),
        ([0, 0, 0, 0], [0, 0, 0, 0]),
    ],
)
def test_a_question_tells_of_no_single_agency(counts: list[int], shown: list[Any]) -> None:
    assert said_by(counts, 5) == shown


async def test_results_come_after_the_closing_date(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> None:
    settings, here = settings_of("reporting"), "/reporting/surveys/2026/start"
    asked = {"closes_on": "2026-12-23", "agencies": [f"C-0{n}" for n in range(1, 8)]}
    async with serving(servers, settings, NOVEMBER) as client:
        links = (await client.post("/reporting/api/surveys/2026/start", json=asked)).json()["links"]
        for nth, link in enumerate(links.values()):
            said = {"grade_1": "4" if nth < 5 else "3", "grade_2": "4", "note": f"声{nth}"}
            assert (await answer(client, link, **said)).status_code == 200
        assert "声3" not in await page(client, here)
    async with serving(servers, settings, APRIL, ()) as client:
        text = await page(client, here)
        assert "声3" in text
        assert "＊</td>" in text
        assert ">5</td>" not in text
        late = await send(client, here, closes_on="R9.5.1")
        assert late.status_code == 409
        assert "締切を過ぎました" in late.text


async def test_rounds_and_hearings_on_screen(client: Client) -> None:
    here = "/reporting/surveys/2026/end"
    assert "まだ始めていません" in await page(client, here)
    early = await send(client, here, closes_on="2026-11-01")
    assert early.status_code == 409
    assert "令和" in early.text or "2026-11-01" in early.text
    assert (await send(client, here, closes_on="R8.12.23")).status_code == 303
    assert (await send(client, f"{here}/invitations", agencies=["C-01"])).status_code == 303
    assert "/reporting/answers/" in await page(client, here)
    assert (await send(client, here, closes_on="R8.12.10")).status_code == 303
    assert "令和8年12月10日" in await page(client, here)
    heard = {"agency": "C-01", "on": "2026-11-23", "note": "頼みやすい"}
    assert (await send(client, f"{here}/hearings", **heard)).status_code == 303
    assert "頼みやすい" in await page(client, here)
    assert "回答 0／1" in await page(client, "/reporting/surveys")


async def test_two_who_review_the_same_programme(client: Client) -> None:
    here = "/reporting/reviews/2026/2"
    await page(client, here)
    words = {"edition": "0", "on": "2026-11-23", "achieved": "つながった", "measures": "場を増やす"}
    assert (await send(client, here, **words)).status_code == 303
    slower = await send(client, here, **words | {"achieved": "別の見方"})
    assert slower.status_code == 409
    for said in ("別の見方", "つながった", 'value="1"'):
        assert said in slower.text
    assert "つながった" in await page(client, "/reporting/reviews?fiscal_year=2026")
    next_year = await page(client, "/reporting/reviews?fiscal_year=2027")
    assert "前の年度に決めた取組" in next_year
    report = {"on": "2026-11-23", "note": "場をもっと増やすこと"}
    assert (await send(client, "/reporting/reviews/2026/report", **report)).status_code == 303
    shown = await page(client, "/reporting/reviews?fiscal_year=2026")
    assert "報告しました" in shown
    assert "場をもっと増やすこと" in shown
    paper = words_of_pdf((await client.get("/reporting/report.pdf?fiscal_year=2026")).content)
    assert "場をもっと増やすこと" in paper
    assert (await client.get("/reporting/reviews/2026/9")).status_code == 422
