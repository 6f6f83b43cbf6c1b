"""支援機関につなぐ (T-32) on a ground, and ties (T-33): recorded, put right and taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

import pytest

from deploy.embedded import Servers
from services.outreach.app import outreach
from services.outreach.domain import events
from services.outreach.domain.linking import correct_link, link, withdraw_link
from services.outreach.domain.request import request
from services.outreach.domain.tying import TieNote, correct_tie, withdraw_tie
from services.outreach.reactions import take_request
from shared.casefile.hearing import accept
from shared.runtime.settings import Settings
from tests.casefile.running import COORDINATOR, NURSE, Client, Running, page, running, send
from tests.given import scenario
from tests.outreach.examples import (
    CASE,
    LINK,
    REQUEST,
    TIE,
    TODAY,
    TOLD,
    TOMORROW,
    YESTERDAY,
    concluded,
    linked,
    requested,
    started,
    tie_built,
)
from tests.outreach.test_pages import ASKED, HANDED, HERE, JSON, LINKED

given = scenario(request)
BEGUN = (requested(), started())
MADE: dict[str, Any] = {"link_id": LINK, "made": TOLD, "on": TODAY, "today": TODAY}
BETTER = replace(TOLD, agency="C-01")
RIGHT: dict[str, Any] = MADE | {"made": BETTER, "edition": 1}
BACK: dict[str, Any] = {"reason": "別の方の記録だった", "on": TODAY}
NEARBY = TieNote("place", "サロンの世話人")
TIED: dict[str, Any] = {
    "tie_id": TIE,
    "edition": 1,
    "built": NEARBY,
    "on": TODAY,
    "today": TODAY,
}
OF: dict[str, Any] = {"request_id": REQUEST, "case_id": CASE}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"basis": None}, "basis-missing"),
        ({"reference": None}, "basis-missing"),
        ({"passed": ""}, "passed-missing"),
    ],
)
def test_nobody_learns_of_a_person_without_a_ground(changed: dict[str, Any], code: str) -> None:
    bad = replace(TOLD, **changed)
    given(*BEGUN).when(link, **MADE | {"made": bad}).then_refused(code)
    given(*BEGUN, linked()).when(correct_link, **RIGHT | {"made": bad}).then_refused(code)


def link_corrected() -> events.LinkCorrected:
    return events.LinkCorrected(
        **OF,
        link_id=LINK,
        edition=2,
        corrected_on=TODAY,
        linked_on=TODAY,
        **asdict(BETTER),
    )


def test_a_link_is_put_right_and_the_same_again_is_nothing() -> None:
    given(*BEGUN, linked()).when(correct_link, **RIGHT).then(link_corrected())
    given(*BEGUN, linked()).when(correct_link, **RIGHT | {"made": TOLD}).then_nothing()
    given(*BEGUN, linked(), link_corrected()).when(correct_link, **RIGHT).then_nothing()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"edition": 2}, "link-changed-meanwhile"),
        ({"link_id": UUID(int=1)}, "link-unknown"),
        ({"on": YESTERDAY}, "before-start"),
        ({"on": TOMORROW}, "day-in-future"),
    ],
)
def test_a_correction_that_cannot_be(changed: dict[str, Any], code: str) -> None:
    given(*BEGUN, linked()).when(correct_link, **RIGHT | changed).then_refused(code)


def test_nothing_is_moved_behind_the_end() -> None:
    late: dict[str, Any] = {"on": TOMORROW, "today": TOMORROW}
    over = (*BEGUN, linked(), tie_built(), concluded())
    given(*over).when(correct_link, **RIGHT | late).then_refused("after-end")
    given(*over).when(correct_tie, **TIED | late).then_refused("after-end")


def test_a_link_is_taken_back_once_and_for_a_reason() -> None:
    gone = events.LinkWithdrawn(**OF, link_id=LINK, withdrawn_on=TODAY, reason=BACK["reason"])
    take: dict[str, Any] = {"link_id": LINK} | BACK
    given(*BEGUN, linked()).when(withdraw_link, **take).then(gone)
    given(*BEGUN, linked(), gone).when(withdraw_link, **take).then_nothing()
    given(*BEGUN, linked()).when(withdraw_link, **take | {"reason": ""}).then_refused(
        "reason-missing"
    )
    given(*BEGUN).when(withdraw_link, **take).then_refused("link-unknown")
    given(*BEGUN, linked(), gone).when(correct_link, **RIGHT).then_refused("link-unknown")
    given(*BEGUN, linked(), gone).when(link, **MADE).then_nothing()


def test_a_tie_is_put_right_and_taken_back() -> None:
    right = events.TieCorrected(
        **OF, tie_id=TIE, edition=2, corrected_on=TODAY, built_on=TODAY, **asdict(NEARBY)
    )
    given(*BEGUN, tie_built()).when(correct_tie, **TIED).then(right)
    given(*BEGUN, tie_built(), right).when(correct_tie, **TIED).then_nothing()
    other = TIED | {"built": TieNote("place", "隣の方")}
    given(*BEGUN, tie_built(), right).when(correct_tie, **other).then_refused(
        "tie-changed-meanwhile"
    )
    given(*BEGUN).when(correct_tie, **TIED).then_refused("tie-unknown")
    gone = events.TieWithdrawn(**OF, tie_id=TIE, withdrawn_on=TODAY, reason=BACK["reason"])
    take: dict[str, Any] = {"tie_id": TIE} | BACK
    given(*BEGUN, tie_built(), right).when(withdraw_tie, **take).then(gone)
    given(*BEGUN, tie_built(), gone).when(withdraw_tie, **take).then_nothing()
    given(*BEGUN, tie_built()).when(withdraw_tie, **take | {"reason": ""}).then_refused(
        "reason-missing"
    )
    given(*BEGUN).when(withdraw_tie, **take).then_refused("tie-unknown")


@pytest.fixture
async def service(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[Running]:
    async with running(outreach, settings_of("outreach"), servers) as service:
        await accept(HANDED, service.desk())
        await take_request(ASKED, service.desk())
        yield service


@pytest.fixture
async def nurse(service: Running) -> AsyncIterator[Client]:
    async with service.as_(NURSE) as client:
        await send(client, f"{HERE}/start", command_id="s")
        yield client


async def test_to_whom_and_on_which_ground_is_said_to_who_asks(
    service: Running, nurse: Client
) -> None:
    assert "個人情報を渡す根拠" in await page(nurse, f"{HERE}/links/new")
    text = await send(nurse, f"{HERE}/links", 422, **LINKED | {"basis": ""})
    assert "食べるものに困っている" in text
    await send(nurse, f"{HERE}/links", **LINKED)
    text = await page(nurse, HERE)
    assert "本人の同意：同意 令和8年11月20日" in text
    assert "食べるものに困っている" in text
    async with service.as_(COORDINATOR) as client:
        text = await page(client, f"/outreach/sights/{CASE}")
    told = text.split("支援機関に伝えた個人の情報")[1]
    assert "本人の同意" in told
    assert "2026-11-23" in told
    assert "食べるもの" not in text


async def test_two_correct_one_link_and_it_is_taken_back(service: Running, nurse: Client) -> None:
    await send(nurse, f"{HERE}/links", **LINKED)
    listed = await page(nurse, HERE)
    there = f"{HERE}/links/" + listed.rsplit(f"{HERE}/links/", 1)[1].split('"')[0]
    assert 'name="edition" value="1"' in await page(nurse, there)
    first: dict[str, Any] = LINKED | {"edition": "1", "note": "予約した"}
    await send(nurse, there, **first)
    second: dict[str, Any] = LINKED | {"edition": "1", "note": "同行はしていない"}
    text = await send(nurse, there, 409, **second)
    assert "ほかの職員が書いたこと: 予約した" in text
    assert "同行はしていない" in text
    await send(nurse, there, **second | {"edition": "2"})
    assert "（直した記録）" in await page(nurse, HERE)
    assert "取り消す理由" in await send(nurse, f"{there}/withdrawal", 422, reason="")
    await send(nurse, f"{there}/withdrawal", reason="別の方の記録だった")
    text = await page(nurse, HERE)
    assert "つないだ記録を取り消しました" in text
    assert there not in text
    await page(nurse, there, status=404)
    async with service.as_(COORDINATOR) as client:
        assert "まだどこにもつないでいません" in await page(client, f"/outreach/sights/{CASE}")
    assert (await service.told()).count("CaseLinked") == 1


async def test_a_tie_is_put_right_on_screen(nurse: Client) -> None:
    tie: dict[str, Any] = {"on": "2026-11-23", "kind": "watching", "partner": "隣の方"}
    await send(nurse, f"{HERE}/ties", **tie)
    listed = await page(nurse, HERE)
    there = f"{HERE}/ties/" + listed.rsplit(f"{HERE}/ties/", 1)[1].split('"')[0]
    await send(nurse, there, **tie | {"edition": "1", "partner": "向かいの方"})
    clash = await send(nurse, there, 409, **tie | {"edition": "1", "partner": "裏の方"})
    assert "ほかの職員が書いたこと: 向かいの方" in clash
    assert "向かいの方" in await page(nurse, HERE)
    await send(nurse, f"{there}/withdrawal", reason="まちがい")
    assert "つながりづくりの記録を取り消しました" in await page(nurse, HERE)


async def test_the_json_puts_links_and_ties_right(nurse: Client) -> None:
    made = {
        "on": "2026-11-23",
        "agency": "C-07",
        "passed": "名前",
        "basis": "urgency",
        "reference": "食べるものがない",
    }
    without = {key: value for key, value in made.items() if key != "basis"}
    assert (await nurse.post(f"{JSON}/links", json=without)).status_code == 422
    assert (await nurse.post(f"{JSON}/links", json=made)).status_code == 201
    assert (
        await nurse.post(f"{JSON}/ties", json={"on": "2026-11-23", "kind": "place"})
    ).status_code == 201
    opened = (await nurse.get(JSON)).json()
    [one], [tie] = opened["linked"], opened["ties"]
    assert (one["basis"], one["edition"], opened["links"]) == ("urgency", 1, 1)
    link_there = f"{JSON}/links/{one['link_id']}"
    right = made | {"edition": 1, "agency": "C-01"}
    assert (await nurse.post(link_there, json=right)).json()["recorded"] == ["LinkCorrected"]
    assert (await nurse.post(link_there, json=right | {"agency": "C-02"})).status_code == 409
    tie_there = f"{JSON}/ties/{tie['tie_id']}"
    better = {"on": "2026-11-23", "kind": "watching", "edition": 1}
    assert (await nurse.post(tie_there, json=better)).json()["recorded"] == ["TieCorrected"]
    why = {"reason": "まちがい"}
    for there, name in ((link_there, "LinkWithdrawn"), (tie_there, "TieWithdrawn")):
        assert (await nurse.post(f"{there}/withdrawal", json=why)).json()["recorded"] == [name]
    opened = (await nurse.get(JSON)).json()
    assert (opened["links"], opened["linked"], opened["ties"]) == (0, [], [])
