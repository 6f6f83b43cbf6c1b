"""Mistakes are put right: a match that was none, a follow-up, a contact (T-22 … T-24, Q-06)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from services.participation.domain.correcting import (
    FollowUpNote,
    correct_contact,
    correct_follow_up,
    withdraw_match,
)
from services.participation.domain.events import (
    ContactCorrected,
    Contacted,
    FollowUpCorrected,
    MatchWithdrawn,
)
from services.participation.domain.following import Ending, conclude
from services.participation.domain.request import match_place, request
from tests.casefile.running import Client, Running, page, send
from tests.given import scenario
from tests.participation.examples import (
    CASE,
    FOLLOWUP,
    MATCH,
    OPEN_PLACE,
    OTHER_MATCH,
    OTHER_PLACE,
    PLACE,
    REQUEST,
    TODAY,
    TOMORROW,
    YESTERDAY,
    concluded,
    followed_up,
    matched,
    planned,
    requested,
    started,
)
from tests.participation.sent import FOLLOW_UP, HERE, JSON, PLAN, STABLE
from tests.participation.sent import MATCH as MATCHED

given = scenario(request)
ON_THE_WAY = (requested(), started(), planned(), matched())
MISTAKE: dict[str, Any] = {"match_id": MATCH, "reason": "別の方の記録", "today": TODAY}
CONTACT = UUID(int=0xC0)


def withdrawn(**now: Any) -> MatchWithdrawn:
    return MatchWithdrawn(
        request_id=REQUEST,
        case_id=CASE,
        match_id=MATCH,
        resource_id=PLACE,
        matched_on=TODAY,
        withdrawn_on=TODAY,
        reason="別の方の記録",
        nurse_district="nd-tasai",
        **now,
    )


def test_a_match_that_was_a_mistake_is_withdrawn() -> None:
    given(*ON_THE_WAY).when(withdraw_match, **MISTAKE).then(withdrawn())
    moved = matched(OTHER_MATCH, OTHER_PLACE)
    now = {"now_at": OTHER_PLACE, "now_since": TODAY}
    given(*ON_THE_WAY, moved).when(withdraw_match, **MISTAKE).then(withdrawn(**now))


def test_where_somebody_was_followed_up_the_match_was_no_mistake() -> None:
    given(*ON_THE_WAY, followed_up()).when(withdraw_match, **MISTAKE).then_refused("match-followed")
    unknown = MISTAKE | {"match_id": OTHER_MATCH}
    given(*ON_THE_WAY).when(withdraw_match, **unknown).then_refused("match-unknown")


def test_after_a_withdrawal_the_same_place_is_a_new_match() -> None:
    facts = {"resource_id": PLACE, "place": OPEN_PLACE, "on": TODAY, "today": TODAY}
    again: dict[str, Any] = facts | {"match_id": OTHER_MATCH, "assessment": "世話役が二人いる"}
    given(*ON_THE_WAY, withdrawn()).when(match_place, **again).then(matched(OTHER_MATCH))
    ending = Ending("stable", judgement="通えている", contact_every="monthly")
    given(*ON_THE_WAY, withdrawn()).when(
        conclude, ending=ending, on=TODAY, today=TODAY
    ).then_refused("follow-up-first")


WAVERS: dict[str, Any] = {
    "followup_id": FOLLOWUP,
    "edition": 1,
    "seen": FollowUpNote("visit", "wavering", "足が遠のいた"),
    "on": TODAY,
    "today": TODAY,
}


def put_right(edition: int = 2) -> FollowUpCorrected:
    return FollowUpCorrected(
        request_id=REQUEST,
        case_id=CASE,
        followup_id=FOLLOWUP,
        edition=edition,
        corrected_on=TODAY,
        match_id=MATCH,
        resource_id=PLACE,
        followed_on=TODAY,
        method="visit",
        relation="wavering",
        note="足が遠のいた",
    )


def test_a_follow_up_is_put_right_and_counts_as_it_is_now() -> None:
    there = (*ON_THE_WAY, followed_up())
    given(*there).when(correct_follow_up, **WAVERS).then(put_right())
    ending = Ending("stable", judgement="通えている", contact_every="monthly")
    given(*there, put_right()).when(conclude, ending=ending, on=TODAY, today=TODAY).then_refused(
        "relation-not-stable"
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"edition": 2}, "changed-meanwhile"),
        ({"followup_id": OTHER_MATCH}, "follow-up-unknown"),
        ({"on": TOMORROW}, "day-in-future"),
        ({"on": YESTERDAY}, "before-start"),
        ({"seen": FollowUpNote("visit", "stable", next_on=YESTERDAY)}, "next-before-visit"),
        ({"on": TOMORROW, "today": TOMORROW}, "after-end"),
    ],
)
def test_a_follow_up_is_not_put_wrong(change: dict[str, Any], code: str) -> None:
    over = (*ON_THE_WAY, followed_up(), concluded())
    given(*over).when(correct_follow_up, **WAVERS | change).then_refused(code)


def contacted(contact_id: UUID = CONTACT) -> Contacted:
    return Contacted(
        request_id=REQUEST, case_id=CASE, contact_id=contact_id, contacted_on=TODAY, note="元気"
    )


def test_a_contact_is_put_right() -> None:
    over = (requested(), started(), concluded())
    later = {"contact_id": CONTACT, "edition": 1, "note": "留守", "on": TODAY, "today": TOMORROW}
    second = contacted(MATCH).model_copy(update={"contacted_on": TOMORROW})
    corrected = ContactCorrected(
        request_id=REQUEST,
        case_id=CASE,
        contact_id=CONTACT,
        edition=2,
        corrected_on=TOMORROW,
        contacted_on=TODAY,
        newest_on=TOMORROW,
        note="留守",
    )
    given(*over, contacted(), second).when(correct_contact, **later).then(corrected)
    given(*over, contacted()).when(correct_contact, **later | {"on": YESTERDAY}).then_refused(
        "before-end"
    )
    given(*over, contacted()).when(correct_contact, **later | {"edition": 3}).then_refused(
        "changed-meanwhile"
    )
    given(*over).when(correct_contact, **later).then_refused("contact-unknown")


async def matched_here(nurse: Client) -> dict[str, Any]:
    """Begun, planned, matched; the request as JSON."""
    await send(nurse, f"{HERE}/start", command_id="s")
    await send(nurse, f"{HERE}/plan", **PLAN)
    await send(nurse, f"{HERE}/matches", **MATCHED)
    opened: dict[str, Any] = (await nurse.get(JSON)).json()
    return opened


async def test_a_mistaken_match_is_withdrawn_on_its_page(service: Running, nurse: Client) -> None:
    [match] = (await matched_here(nurse))["match_records"]
    there = f"{HERE}/matches/{match['match_id']}"
    assert there in await page(nurse, HERE)
    assert "草花台会館" in await page(nurse, there)
    assert "取り消す理由" in await send(nurse, there, 422, reason="")
    assert await send(nurse, there, reason="別の方の記録") == HERE
    text = await page(nurse, HERE)
    assert "草花台会館 とのマッチングを取り消しました" in text
    assert "受け入れ先を決める" in await page(nurse, "/participation")
    assert (await service.told())[-2:] == ["PlaceMatched", "MatchWithdrawn"]
    await page(nurse, there, status=404)


async def test_two_who_put_the_same_follow_up_right(nurse: Client) -> None:
    await matched_here(nurse)
    await send(nurse, f"{HERE}/followups", **FOLLOW_UP)
    [made] = (await nurse.get(JSON)).json()["followup_records"]
    there = f"{HERE}/followups/{made['followup_id']}"
    assert "笑顔" in await page(nurse, there)
    typed = FOLLOW_UP | {"edition": "1", "relation": "wavering"}
    await send(nurse, there, **typed | {"command_id": "mine"})
    assert "足が遠のいている" in await page(nurse, HERE)
    slower = await send(nurse, there, 409, **FOLLOW_UP | {"edition": "1", "note": "わたしの文"})
    for said in ("ほかの職員がこの記録を書きかえました", "わたしの文", 'value="2"'):
        assert said in slower
    best = FOLLOW_UP | {"edition": 2, "relation": "settling", "next_on": None}
    sent = await nurse.post(f"{JSON}/followups/{made['followup_id']}", json=best)
    assert sent.json()["recorded"] == ["FollowUpCorrected"]
    assert (await nurse.get(JSON)).json()["relation"] == "settling"


async def test_a_contact_is_put_right_on_its_page(nurse: Client) -> None:
    await matched_here(nurse)
    await send(nurse, f"{HERE}/followups", **FOLLOW_UP)
    await send(nurse, f"{HERE}/conclusion", **STABLE)
    await send(nurse, f"{HERE}/contacts", on="2026-11-23", note="元気")
    [made] = (await nurse.get(JSON)).json()["contact_records"]
    there = f"{HERE}/contacts/{made['contact_id']}"
    assert "元気" in await page(nurse, there)
    await send(nurse, there, edition="1", on="2026-11-23", note="電話に出ない")
    assert "電話に出ない" in await page(nurse, HERE)
    again = {"on": "2026-11-23", "note": "会えた", "edition": 1}
    late = await nurse.post(f"{JSON}/contacts/{made['contact_id']}", json=again)
    assert late.status_code == 409
