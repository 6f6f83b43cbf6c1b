"""Targets, the closing of a year, and two years side by side (X-29, F-30, N-15)."""

from __future__ import annotations

import csv
import io
import json
from base64 import b64decode
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from services.reporting.closing import Counted
from services.reporting.domain.target import Targeted, set_target, target
from services.reporting.domain.year import (
    FigureStated,
    Snapshot,
    Stated,
    YearClosed,
    close_year,
    state_figures,
    year,
)
from services.reporting.published import tell
from services.reporting.read.decided import Target
from shared.contracts.reporting import IndicatorStated
from tests.given import scenario
from tests.paper.reading import cells_of_book, words_of_pdf
from tests.reporting.conftest import Client
from tests.reporting.test_pages import page

TODAY = date(2027, 4, 10)
FIGURES = (
    Stated(indicator="Q-02", version=1, value=12),
    Stated(indicator="Q-04", version=1, value=1.5),
)
HEADS = {"intake": 40}
targets, years = scenario(target), scenario(year)
AIM: dict[str, Any] = {
    "indicator": "Q-02",
    "fiscal_year": 2026,
    "baseline": None,
    "target": 100.0,
    "reason": None,
    "today": TODAY,
}


def targeted(**other: Any) -> Targeted:
    known = {**AIM, "set_on": TODAY} | other
    return Targeted(**{name: known[name] for name in Targeted.model_fields})


def test_a_target_is_set_and_moves_with_a_reason() -> None:
    targets().when(set_target, **AIM).then(targeted())
    targets(targeted()).when(set_target, **AIM).then_nothing()
    more = AIM | {"target": 120.0}
    targets(targeted()).when(set_target, **more).then_refused("target-moves-without-reason")
    why = more | {"reason": "会議で決定"}
    targets(targeted()).when(set_target, **why).then(targeted(target=120.0, reason="会議で決定"))
    targets().when(set_target, **AIM | {"target": None}).then_nothing()


@pytest.mark.parametrize(
    ("baseline", "aim", "value", "percent"),
    [
        (None, 100, 40, 40),
        (50, 100, 75, 50),
        (100, 50, 75, 50),
        (10, 10, 10, None),
        (1, None, 1, None),
    ],
)
def test_progress_runs_from_the_baseline_to_the_target(
    baseline: float | None, aim: float | None, value: float, percent: int | None
) -> None:
    assert Target("Q-02", baseline, aim, TODAY, None).progress(value) == percent


def closed(edition: int = 1, reason: str | None = None) -> YearClosed:
    return YearClosed(
        closing_id=UUID(int=edition),
        fiscal_year=2026,
        edition=edition,
        closed_on=TODAY,
        figures=FIGURES,
        heads=HEADS,
        signature="s",
        key="k",
        reason=reason,
        content=2,
    )


def stated(one: Stated, *, final: bool, hidden: bool = False) -> FigureStated:
    return FigureStated(
        **one.model_dump(), fiscal_year=2026, stated_on=TODAY, final=final, hidden=hidden
    )


CLOSE: dict[str, Any] = {
    "closing_id": UUID(int=1),
    "fiscal_year": 2026,
    "edition": 0,
    "snapshot": Snapshot(FIGURES, HEADS, "s", "k"),
    "reason": None,
    "today": TODAY,
}


def test_a_year_is_closed_when_it_is_over_and_anew_with_a_reason() -> None:
    told = [stated(one, final=True) for one in FIGURES]
    years().when(close_year, **CLOSE).then(closed(), *told)
    early = CLOSE | {"today": date(2027, 3, 31)}
    years().when(close_year, **early).then_refused("year-not-over")
    years(closed(), *told).when(close_year, **CLOSE).then_nothing()
    other = CLOSE | {"closing_id": UUID(int=2)}
    years(closed()).when(close_year, **other).then_refused("year-closed-meanwhile")
    again = other | {"edition": 1}
    years(closed(), *told).when(close_year, **again).then_refused("closing-without-reason")
    years(closed(), *told).when(close_year, **again | {"reason": "訂正"}).then(closed(2, "訂正"))


def test_other_systems_are_told_what_changed_and_no_more() -> None:
    asked: dict[str, Any] = {
        "fiscal_year": 2026,
        "figures": FIGURES,
        "hidden": frozenset(),
        "today": TODAY,
    }
    first = [stated(one, final=False) for one in FIGURES]
    years().when(state_figures, **asked).then(*first)
    years(*first).when(state_figures, **asked).then_nothing()
    more = (FIGURES[0].model_copy(update={"value": 13.0}), FIGURES[1])
    years(*first).when(state_figures, **asked | {"figures": more}).then(
        stated(more[0], final=False)
    )


def test_a_small_number_is_told_hidden_and_its_moves_are_not() -> None:
    few = (Stated(indicator="Q-02", version=1, value=2),)
    asked: dict[str, Any] = {
        "fiscal_year": 2026,
        "figures": few,
        "hidden": frozenset({"Q-02"}),
        "today": TODAY,
    }
    hidden = stated(few[0], final=False, hidden=True)
    years().when(state_figures, **asked).then(hidden)
    fact = tell(hidden)
    assert isinstance(fact, IndicatorStated)
    assert (fact.value, fact.hidden) == (None, True)
    more = (few[0].model_copy(update={"value": 3.0}),)
    years(hidden).when(state_figures, **asked | {"figures": more}).then_nothing()
    enough = (few[0].model_copy(update={"value": 5.0}),)
    open_again = asked | {"figures": enough, "hidden": frozenset()}
    years(hidden).when(state_figures, **open_again).then(stated(enough[0], final=False))


def test_a_year_is_not_closed_unawares_while_facts_are_missing() -> None:
    told = [stated(one, final=True) for one in FIGURES]
    missing = CLOSE | {"snapshot": Snapshot(FIGURES, HEADS, "s", "k", missing=3)}
    years().when(close_year, **missing).then_refused("closing-incomplete")
    years().when(close_year, **missing | {"reason": "議会に間に合わせる"}).then(
        closed(reason="議会に間に合わせる"), *told
    )
    counted = Counted(FIGURES, frozenset(), {"intake": 40}, parked=1)
    assert counted.missing({"intake": 42, "outreach": 5}) == 8
    assert counted.missing({"intake": 39}) == 1


async def send(client: Client, path: str, **typed: Any) -> Any:
    body = {"command_id": str(uuid4())} | typed
    return await client.post(path, data=body, headers={"Accept": "text/html"})


async def test_targets_are_entered_and_shown(client: Client) -> None:
    where = "/reporting/indicators/Q-02/target"
    assert "目標値の記載がありません" in await page(client, f"{where}?fiscal_year=2026")
    wrong = await send(client, where, fiscal_year="2026", target="たくさん")
    assert wrong.status_code == 422
    assert "たくさん" in wrong.text
    done = await send(client, where, fiscal_year="2026", target="１０", baseline="0")
    assert done.status_code == 303, done.text
    for path in ("/reporting", "/reporting/indicators/Q-02", "/reporting/compare"):
        assert "10" in await page(client, path)
    assert "進みぐあい" in await page(client, "/reporting/indicators/Q-02")
    said = (await client.get("/reporting/api/indicators?fiscal_year=2026")).json()
    aims = {one["id"]: (one["baseline"], one["target"]) for one in said["indicators"]}
    assert (aims["Q-02"], aims["Q-03"]) == ((0, 10), (None, None))
    sheet = (await client.get("/reporting/indicators.csv?fiscal_year=2026")).text
    head, *lines = csv.reader(io.StringIO(sheet.lstrip("\ufeff")))
    q02 = next(dict(zip(head, line, strict=True)) for line in lines if line[0] == "Q-02")
    assert (q02["基準値"], q02["目標"]) == ("0.0", "10.0")
    for path in ("/reporting", "/reporting/compare"):
        assert 'data-head="基準値"' in await page(client, path)
    moved = await send(client, where, fiscal_year="2026", target="20")
    assert moved.status_code == 409
    assert "理由を書いてください" in moved.text


@pytest.mark.parametrize("year", ["99999", "²", "1", ""])
async def test_a_target_of_no_year_is_refused_in_words(client: Client, year: str) -> None:
    where = "/reporting/indicators/Q-02/target"
    wrong = await send(client, where, fiscal_year=year, target="7")
    assert wrong.status_code == 422
    assert "年度" in wrong.text
    assert 'value="7"' in wrong.text


async def test_a_closed_year_is_signed_and_stands_beside_today(client: Client) -> None:
    here = "/reporting/years/2025"
    assert "まだ締めていません" in await page(client, here)
    assert (await client.get(f"{here}/signed.json")).status_code == 409
    assert (await send(client, "/reporting/years/2026/closing", edition="0")).status_code == 409
    assert (await send(client, f"{here}/closing", edition="0")).status_code == 303
    shown = await page(client, here)
    assert "署名は正しく" in shown
    assert "すべて同じです" in shown
    signed = await client.get(f"{here}/signed.json")
    public = Ed25519PublicKey.from_public_bytes(b64decode(signed.headers["x-public-key"]))
    public.verify(b64decode(signed.headers["x-signature"]), signed.content)
    assert json.loads(signed.content)["fiscal_year"] == 2025
    again = await send(client, f"{here}/closing", edition="1")
    assert again.status_code == 409
    why = {"edition": "1", "reason": "遅れて届いた記録"}
    assert (await send(client, f"{here}/closing", **why)).status_code == 303
    first = await client.get(f"{here}/signed.json?edition=1")
    assert (first.content, first.headers["x-signature"]) == (
        signed.content,
        signed.headers["x-signature"],
    )
    newest = json.loads((await client.get(f"{here}/signed.json")).content)
    assert (newest["edition"], newest["reason"]) == (2, "遅れて届いた記録")
    assert (await client.get(f"{here}/signed.json?edition=3")).status_code == 404
    assert "/signed.json?edition=1" in await page(client, here)
    assert "締めました（第2版）" in await page(client, "/reporting/years")
    assert (await send(client, f"{here}/statement")).status_code == 303


async def test_two_years_stand_side_by_side(client: Client) -> None:
    text = await page(client, "/reporting/compare?fiscal_year=2026&against=2025")
    assert "令和7年度と令和8年度" in text
    swapped = await page(client, "/reporting/compare?fiscal_year=2025&against=2026")
    assert "令和7年度と令和8年度" in swapped
    await page(client, "/reporting/compare?against=1", status=422)


async def test_targets_and_reviews_stand_in_the_report(client: Client) -> None:
    await send(client, "/reporting/indicators/Q-31/target", fiscal_year="2026", target="40")
    words = {"edition": "0", "on": "2026-11-23", "achieved": "つながった", "measures": "場を増やす"}
    await send(client, "/reporting/reviews/2026/2", **words)
    paper = words_of_pdf((await client.get("/reporting/report.pdf?fiscal_year=2026")).content)
    for said in ("目標", "40（", "事業の検証", "場を増やす"):
        assert said in paper
    book = cells_of_book((await client.get("/reporting/report.xlsx?fiscal_year=2026")).content)
    assert "目標" in book
    assert 40 in book
