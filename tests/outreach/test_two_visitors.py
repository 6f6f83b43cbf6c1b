"""Two people write the same visit: nothing is lost, field by field (F-21)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from deploy.embedded import Servers
from services.outreach.app import outreach
from services.outreach.domain.events import VisitCorrected
from services.outreach.domain.request import request
from services.outreach.domain.visiting import correct_visit
from services.outreach.reactions import take_request
from shared.casefile.hearing import accept
from shared.runtime.settings import Settings
from tests.casefile.running import COORDINATOR, NURSE, Client, Running, page, running, send
from tests.given import scenario
from tests.outreach.examples import (
    CASE,
    MET,
    REQUEST,
    TODAY,
    TOMORROW,
    VISIT,
    YESTERDAY,
    requested,
    started,
    visited,
)
from tests.outreach.test_pages import ASKED, HANDED, HERE, JSON
from tests.outreach.test_pages import VISIT as TYPED

given = scenario(request)
BEGUN = (requested(), started(), visited())
BETTER = replace(MET, reaction="玄関先で一時間話せた", trust="talks")
PUT_RIGHT: dict[str, Any] = {
    "visit_id": VISIT,
    "edition": 1,
    "seen": BETTER,
    "on": TODAY,
    "today": TODAY,
}


def corrected() -> VisitCorrected:
    return VisitCorrected(
        request_id=REQUEST,
        case_id=CASE,
        visit_id=VISIT,
        edition=2,
        corrected_on=TODAY,
        visited_on=TODAY,
        method=BETTER.method,
        met=BETTER.met,
        reaction=BETTER.reaction,
        safety_note=BETTER.safety_note,
        next_step=BETTER.next_step,
        next_on=BETTER.next_on,
        trust="talks",
    )


def test_a_visit_is_put_right() -> None:
    given(*BEGUN).when(correct_visit, **PUT_RIGHT).then(corrected())


def test_the_same_again_is_no_correction() -> None:
    given(*BEGUN).when(correct_visit, **PUT_RIGHT | {"seen": MET}).then_nothing()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"edition": 2}, "visit-changed-meanwhile"),
        ({"visit_id": UUID(int=1)}, "visit-unknown"),
        ({"on": TOMORROW}, "day-in-future"),
        ({"on": YESTERDAY}, "before-start"),
        ({"seen": replace(BETTER, next_on=YESTERDAY)}, "next-before-visit"),
    ],
)
def test_a_correction_that_cannot_be(changed: dict[str, Any], code: str) -> None:
    given(*BEGUN).when(correct_visit, **PUT_RIGHT | changed).then_refused(code)


def test_an_older_edition_is_looked_at_first() -> None:
    other = PUT_RIGHT | {"seen": replace(MET, reaction="会えた")}
    given(*BEGUN, corrected()).when(correct_visit, **other).then_refused("visit-changed-meanwhile")


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


async def test_both_record_the_same_planned_visit(service: Running, nurse: Client) -> None:
    await send(nurse, f"{HERE}/plans", on="2026-11-23", method="home-visit", staff="2")
    planned_id = (await page(nurse, HERE)).split("planned_id=")[1].split('"')[0]
    mine = TYPED | {"planned_id": planned_id}
    await send(nurse, f"{HERE}/visits", **mine)
    late: dict[str, Any] = mine | {
        "command_id": "late",
        "reaction": "窓から手を振られた",
        "next_step": "",
    }
    async with service.as_(COORDINATOR) as other:
        text = await send(other, f"{HERE}/visits", 409, **late)
        assert "ほかの職員が書いたこと: 玄関先で話せた" in text
        assert "窓から手を振られた" in text
        assert "食料の案内" in text, "what only the first wrote is taken"
        [there] = {part.split('"')[0] for part in text.split('action="')[1:] if "/visits/" in part}
        agreed = late | {"reaction": "玄関先で話し、窓から手を振られた", "edition": "1"}
        await send(other, there, **agreed)
    text = await page(nurse, HERE)
    assert "玄関先で話し、窓から手を振られた" in text
    assert "（直した記録）" in text
    assert (await service.told()).count("VisitMade") == 1


async def test_a_correction_meets_a_correction(nurse: Client) -> None:
    await send(nurse, f"{HERE}/visits", **TYPED)
    listed = await page(nurse, HERE)
    there = f"{HERE}/visits/" + listed.rsplit(f"{HERE}/visits/", 1)[1].split('"')[0]
    assert 'name="edition" value="1"' in await page(nurse, there)
    first = TYPED | {"command_id": "c-1", "edition": "1", "reaction": "よく話せた"}
    await send(nurse, there, **first)
    second = TYPED | {"command_id": "c-2", "edition": "1", "safety_note": "犬が二匹"}
    text = await send(nurse, there, 409, **second)
    assert "よく話せた" in text, "their field, which this person left alone"
    assert "犬が二匹" in text
    both = second | {"command_id": "c-3", "edition": "2", "reaction": "よく話せた"}
    await send(nurse, there, **both)
    text = await page(nurse, HERE)
    assert "犬が二匹" in text.split("本人・世帯")[0], "the newest safety note is above the file"
    await page(nurse, f"{HERE}/visits/{UUID(int=1)}", status=404)
    assert "訪問・連絡した日" in await send(nurse, there, 422, **both | {"on": "？"})


async def test_the_json_puts_right_and_says_the_edition(nurse: Client) -> None:
    seen = {"on": "2026-11-23", "method": "home-visit", "met": True}
    await nurse.post(f"{JSON}/visits", json=seen)
    [record] = (await nurse.get(JSON)).json()["records"]
    there = f"{JSON}/visits/{record['visit_id']}"
    better = seen | {"edition": record["edition"], "met": False}
    assert (await nurse.post(there, json=better)).json()["recorded"] == ["VisitCorrected"]
    assert (await nurse.post(there, json=better | {"met": True})).status_code == 409
    opened = (await nurse.get(JSON)).json()
    assert (opened["records"][0]["edition"], opened["last_met"]) == (2, False)
