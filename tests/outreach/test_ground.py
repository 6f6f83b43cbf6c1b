"""F-03: the consent we were asked on is gone; 多機関協働 decides whether we go on."""

from __future__ import annotations

from typing import Any

from services.outreach.domain.events import GroundLost, GroundRenewed
from services.outreach.domain.ground import lose_ground, renew_ground
from services.outreach.domain.request import request
from services.outreach.reactions import note_lost_ground, note_renewed_ground
from shared.contracts import coordination as told
from tests.casefile.running import Client, Running, page
from tests.given import scenario
from tests.outreach.examples import CASE, REQUEST, TODAY, TOMORROW, concluded, requested, started
from tests.outreach.test_pages import HERE, nurse, service

__all__ = ["nurse", "service"]

given = scenario(request)
LOST = GroundLost(request_id=REQUEST, case_id=CASE, why="withdrawn", lost_on=TODAY)
RENEWED = GroundRenewed(request_id=REQUEST, case_id=CASE, basis="urgency", renewed_on=TOMORROW)
AGAIN: dict[str, Any] = {"basis": "urgency", "on": TOMORROW}
GONE: dict[str, Any] = {"why": "withdrawn", "on": TODAY}


def test_it_is_lost_once_and_holds_again() -> None:
    given(requested()).when(lose_ground, **GONE).then(LOST)
    given(requested(), started()).when(lose_ground, **GONE).then(LOST)
    given(requested(), LOST).when(lose_ground, **GONE).then_nothing()
    given().when(lose_ground, **GONE).then_nothing()
    given(requested(), LOST).when(renew_ground, **AGAIN).then(RENEWED)
    given(requested(), LOST, RENEWED).when(renew_ground, **AGAIN).then_nothing()
    given(requested(), LOST, RENEWED).when(lose_ground, **GONE).then(LOST)


def test_what_is_over_is_not_asked_about() -> None:
    over = (requested(), started(), concluded())
    given(*over).when(lose_ground, **GONE).then_nothing()
    given(requested(), started(), LOST, concluded()).when(renew_ground, **AGAIN).then_nothing()


async def test_the_page_says_so_until_it_is_decided(service: Running, nurse: Client) -> None:
    about: dict[str, Any] = {"case_id": CASE, "request_id": REQUEST, "to_team": "outreach"}
    other = about | {"to_team": "participation"}
    lost: dict[str, Any] = {"occurred_on": TODAY, "why": "withdrawn"}
    await note_lost_ground(told.GroundLost(**lost | other), service.desk())
    assert "同意がなくなりました" not in await page(nurse, HERE)
    await note_lost_ground(told.GroundLost(**lost | about), service.desk())
    text = await page(nurse, HERE)
    assert "根拠にしていた本人の同意がなくなりました" in text
    assert "本人が同意を取り下げました" in text
    assert "本人の同意がなくなりました" in await page(nurse, "/outreach/due")
    renewed = told.GroundRenewed(occurred_on=TODAY, basis="urgency", **about)
    await note_renewed_ground(renewed, service.desk())
    text = await page(nurse, HERE)
    assert "多機関協働が、依頼を続けると決めました" in text
    assert "新しく個人情報を伝えないでください" not in text
    assert "本人の同意がなくなりました" not in await page(nurse, "/outreach/due")
