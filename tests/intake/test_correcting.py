"""票を直す (S-01): what is learned later is entered; two people meet field by field."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from services.intake.domain.beyond import FieldJudged
from services.intake.domain.consultation import consultation
from services.intake.domain.correcting import correct_sheet
from services.intake.domain.sheet import SheetCorrected
from tests.given import scenario
from tests.intake.conftest import OTHER_CLERK, Client, Running
from tests.intake.examples import (
    CASE,
    CONSULTATION,
    KNOWN_CASE,
    SHEET,
    TODAY,
    attached,
    received,
    sheet,
)
from tests.intake.screens import SHEET as TYPED
from tests.intake.screens import page, receive
from tests.intake.test_api import API, BODY

given = scenario(consultation)
ASKED: dict[str, Any] = {"edition": 1, "beyond": None, "today": TODAY}


def corrected(changed: tuple[str, ...], **values: Any) -> SheetCorrected:
    usual: dict[str, Any] = {
        "consultation_id": CONSULTATION,
        "case_id": CASE,
        "of_case": CASE,
        "edition": 2,
        "changed": changed,
        "corrected_on": TODAY,
        "age_band": "75+",
        "former_age_band": "75+",
        "former_channel": SHEET.channel,
        "former_source": SHEET.source,
        "former_issues": SHEET.issues,
        "former_catchment": SHEET.catchment,
        "former_nurse_district": SHEET.nurse_district,
    }
    return SheetCorrected(**(dict(SHEET) | usual | values))


def test_what_was_learned_later_is_written_down() -> None:
    named = corrected(("urgency", "name"), name="架空 ハナ", urgency="urgent")
    better = sheet(name="架空 ハナ", urgency="urgent")
    given(received()).when(correct_sheet, sheet=better, **ASKED).then(named)
    given(received()).when(correct_sheet, sheet=SHEET, **ASKED).then()
    given(received(), named).when(correct_sheet, sheet=better, **ASKED).then()
    given().when(correct_sheet, sheet=SHEET, **ASKED).then_refused("consultation-unknown")


def test_it_stays_under_the_key_it_was_told_under_and_is_told_of_the_case_it_belongs_to() -> None:
    given(received(), attached()).when(correct_sheet, sheet=sheet(phone=None), **ASKED).then(
        corrected(("phone",), phone=None, of_case=KNOWN_CASE)
    )


def test_the_second_of_two_is_told_and_nothing_untrue_is_stored() -> None:
    first = corrected(("phone",), phone="0425550199")
    late = {"sheet": sheet(kana="カクウ"), **ASKED}
    given(received(), first).when(correct_sheet, **late).then_refused("sheet-changed-meanwhile")
    wrong = sheet(born_on=date(2027, 1, 1))
    given(received()).when(correct_sheet, sheet=wrong, **ASKED).then_refused("born-in-future")
    empty = sheet(issues=(), main_issue=None, content=None, wishes=None)
    given(received()).when(correct_sheet, sheet=empty, **ASKED).then_refused("nothing-written")


def test_counter_and_day_stay_whatever_is_sent() -> None:
    moved = sheet(counter="C-04", programme="1b", received_on=date(2026, 11, 1))
    given(received()).when(correct_sheet, sheet=moved, **ASKED).then()


def test_the_field_is_judged_in_the_same_breath_but_staff_keep_their_word() -> None:
    judged = received(beyond=False, beyond_rule=1, programme="1a")
    asked = ASKED | {"sheet": sheet(issues=("i09",), programme="1a"), "beyond": True}
    narrower = corrected(("issues",), issues=("i09",), programme="1a")
    verdict = FieldJudged(
        consultation_id=CONSULTATION,
        case_id=CASE,
        counter="C-01",
        programme="1a",
        received_on=SHEET.received_on,
        beyond=True,
        rule=1,
        judged_on=TODAY,
        nurse_district=SHEET.nurse_district,
    )
    given(judged).when(correct_sheet, **asked).then(narrower, verdict)


async def test_lists_search_and_areas_follow(running: Running, clerk: Client) -> None:
    where = await receive(clerk, name="", kana="", address="", born_on="")
    form = await page(clerk, f"{where}/sheet")
    assert 'name="edition" value="1"' in form
    better = TYPED | {"edition": "1", "name": "架空 梅子", "urgency": "urgent", "command_id": "s"}
    sent = await clerk.post(f"{where}/sheet", data=better)
    assert sent.status_code == 303, sent.text
    text = await page(clerk, where)
    for words in (
        "架空 梅子",
        "東秋留A",
        "票を直しました",
        "緊急度、氏名、ふりがな、生年月日、住所",
    ):
        assert words in text
    found = (await clerk.get("/intake", params={"q": "梅子 S21.3.1 雨間"})).text
    assert "架空 梅子" in found
    async with running.as_(OTHER_CLERK) as other:
        assert (await other.post(f"{where}/sheet", data=better)).status_code == 409


async def test_only_codes_are_told(running: Running, clerk: Client) -> None:
    where = await receive(clerk)
    named = TYPED | {"edition": "1", "name": "架空 梅子", "command_id": "s1"}
    await clerk.post(f"{where}/sheet", data=named)
    assert [fact for fact, _ in await running.told()] == ["ConsultationReceived"]
    ticked = named | {"edition": "2", "issues": ["debt"], "born_on": "", "command_id": "s2"}
    assert (await clerk.post(f"{where}/sheet", data=ticked)).status_code == 303
    told = [(fact, json.loads(data)) for fact, data in await running.told()]
    said = next(data for fact, data in told if fact == "ConsultationCorrected")
    assert (said["issues"], said["former_issues"]) == (["debt"], ["debt", "care"])
    place = "catchment", "nurse_district"
    first = next(data for fact, data in told if fact == "ConsultationReceived")
    assert [said[f"former_{name}"] for name in place] == [first[name] for name in place]
    assert first["nurse_district"] is not None
    assert (said["age_band"], said["former_age_band"]) == ("unknown", "75+")
    assert (said["occurred_on"], said["corrected_on"]) == ("2026-11-20", "2026-11-23")
    assert "梅子" not in json.dumps(told, ensure_ascii=False)


async def test_two_people_correct_one_sheet(clerk: Client) -> None:
    where = await receive(clerk)
    first = TYPED | {"edition": "1", "phone": "042-555-0199", "issues": ["debt"], "command_id": "a"}
    assert (await clerk.post(f"{where}/sheet", data=first)).status_code == 303
    second = TYPED | {"edition": "1", "wishes": "働きたい", "phone": "090-0000-0000"}
    slower = await clerk.post(f"{where}/sheet", data=second | {"command_id": "b"})
    assert slower.status_code == 409
    assert "働きたい" in slower.text
    assert "090-0000-0000" in slower.text
    assert "ほかの職員が書いたこと: 042-555-0199" in slower.text
    assert 'name="issues" value="care" checked' not in slower.text
    assert 'name="edition" value="2"' in slower.text


async def test_what_both_ticked_differently_is_said_in_words(clerk: Client) -> None:
    where = await receive(clerk)
    first = TYPED | {"edition": "1", "issues": ["debt"], "command_id": "a"}
    assert (await clerk.post(f"{where}/sheet", data=first)).status_code == 303
    second = TYPED | {"edition": "1", "issues": ["debt", "care", "illness"], "command_id": "b"}
    slower = await clerk.post(f"{where}/sheet", data=second)
    assert "ほかの職員が書いたこと: （多重・過重）債務" in slower.text.replace("(", "（").replace(
        ")", "）"
    )


async def test_the_sheet_is_put_right_as_json(clerk: Client) -> None:
    made = (await clerk.post(API, json=BODY, headers={"Idempotency-Key": "k"})).json()
    where = f"{API}/{made['id']}"
    assert (await clerk.get(where)).json()["edition"] == 1
    body = {name: value for name, value in BODY.items() if name not in ("counter", "received_on")}
    again = body | {"edition": 1, "name": "架空 梅子", "screening": None}
    done = await clerk.post(f"{where}/sheet", json=again, headers={"Idempotency-Key": "s"})
    assert done.status_code == 201, done.text
    assert done.json()["edition"] == 2
    assert (await clerk.get(where)).json()["name"] == "架空 梅子"
    late = await clerk.post(f"{where}/sheet", json=again | {"name": "x", "edition": 1})
    assert late.status_code == 409
    wrong = await clerk.post(f"{where}/sheet", json=again | {"edition": 2, "urgency": "nope"})
    assert wrong.json()["errors"][0]["field"] == "urgency"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("秋留台の集合住宅", "町名ではなく地域の名前"),
        ("八王子市元本郷町3", "市外の住所"),
        ("どこかの2階", "町名が読み取れません"),
        ("小峰台5", "地区担当の決まっていない町"),
        ("", "住所が書かれていません"),
    ],
)
async def test_why_no_area_is_known_is_said(clerk: Client, address: str, said: str) -> None:
    """G-3, G-4: an area nobody mapped is not the same as no address."""
    assert said in await page(clerk, await receive(clerk, address=address))
