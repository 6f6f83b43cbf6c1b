"""The screens as staff of different counters get them."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from tests.intake.conftest import CLERK, COORDINATOR, MANAGER, OTHER_CLERK, Client, Running
from tests.intake.screens import ESCALATION, SHEET, page, receive


async def test_an_empty_list_offers_the_first_step(clerk: Client) -> None:
    text = await page(clerk, "/intake")
    assert "最初の相談を受け付ける" in text


async def test_what_the_clerk_wrote_is_shown_at_once(running: Running, clerk: Client) -> None:
    where = await receive(clerk)
    text = await page(clerk, where)
    for words in (
        "架空 花子",
        "昭和21年3月1日",
        "雨間",
        "家賃が払えない。",
        "静かに暮らしたい",
        "東部",
    ):
        assert words in text
    assert "多機関協働へつなぐ" in text
    assert "ケースに合わせる" in text
    [(fact, told)] = await running.told()
    assert fact == "ConsultationReceived"
    assert "花子" not in told
    assert "75+" in told
    assert (CLERK.staff_id, "相談の記録") in await running.sights()


async def test_the_sheet_names_todays_date_and_the_own_counter(clerk: Client) -> None:
    text = await page(clerk, "/intake/consultations/new")
    assert re.search(r'value="C-01" selected', text)
    assert "令和8年11月23日" in text
    assert "断らず" in text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"received_on": "いつか"}, "受付日"),
        ({"received_on": ""}, "「受付日」を入力してください。"),
        ({"received_on": "2026-11-24"}, "受付日が未来の日付です"),
        ({"born_on": "2026-11-22"}, "生年月日が受付日より後です"),
        ({"born_on": "昨日"}, "生年月日"),
        ({"household_size": "0"}, "「世帯人数」は1から30の数字で入力してください。"),
        ({"household_size": "多い"}, "「世帯人数」は1から30の数字で入力してください。"),
        ({"name": "あ" * 101}, "「氏名」は100文字以内で入力してください。"),
        ({"address": "あ" * 201}, "「住所」は200文字以内で入力してください。"),
        (
            {"content": "あ" * 10_001},
            "「相談の内容（くわしく）」は10000文字以内で入力してください。",
        ),
        ({"counter": ""}, "「受付窓口」を選んでください。"),
        ({"counter": "C-77"}, "選択肢にない値です"),
        ({"counter": "C-04"}, "自分の窓口を選んでください"),
        ({"channel": "dove"}, "選択肢にない値です"),
        ({"source": "dream"}, "選択肢にない値です"),
        ({"issues": ["no-such"]}, "選択肢にない値です"),
        ({"case": "nobody"}, "合わせる先のケースが見つかりません"),
        ({"case": "00000000-0000-0000-0000-000000000001"}, "合わせる先のケースが見つかりません"),
        (
            {"content": " ", "wishes": "", "issues": [], "main_issue": ""},
            "相談内容・希望・課題のどれか一つは記入してください",
        ),
    ],
)
async def test_wrong_input_is_named_and_nothing_typed_is_lost(
    running: Running, clerk: Client, wrong: dict[str, Any], sentence: str
) -> None:
    response = await clerk.post("/intake/consultations", data=SHEET | wrong)
    assert response.status_code == 422
    assert sentence in response.text
    kept = SHEET | wrong
    assert str(kept["kana"]) in response.text
    assert str(kept["content"]).split("\n")[0] in response.text
    assert await running.told() == []


async def test_ten_clicks_are_one_consultation(running: Running, clerk: Client) -> None:
    where = await asyncio.gather(*(receive(clerk) for _ in range(10)))
    assert len(set(where)) == 1
    assert len(await running.told()) == 1


async def test_a_known_person_is_asked_about_and_never_merged_silently(
    running: Running, clerk: Client
) -> None:
    first = await receive(clerk)
    response = await clerk.post("/intake/consultations", data=SHEET | {"command_id": "two"})
    assert response.status_code == 422
    assert "この方ですか" in response.text
    assert "氏名・ふりがな・生年月日・電話番号" in response.text
    assert "家賃が払えない。" in response.text
    assert len(await running.told()) == 1
    found = re.search(r'name="case" value="([0-9a-f-]{36})"', response.text)
    assert found
    second = await receive(clerk, command_id="three", case=found[1])
    third = await receive(clerk, command_id="four", case="new")
    assert "再相談" in await page(clerk, second)
    assert first in await page(clerk, second)
    assert "同じケースのほかの相談" not in await page(clerk, third)


async def test_a_person_of_another_counter_is_a_candidate_by_name_only(
    running: Running, clerk: Client
) -> None:
    await receive(clerk)
    async with running.as_(OTHER_CLERK) as other:
        response = await other.post(
            "/intake/consultations", data=SHEET | {"counter": "C-04", "command_id": "two"}
        )
    assert "この方ですか" in response.text
    assert "雨間" not in response.text.replace(SHEET["address"], "")
    assert (OTHER_CLERK.staff_id, "同じ方の候補") in await running.sights()


async def test_another_counter_reads_codes_and_no_person(running: Running, clerk: Client) -> None:
    where = await receive(clerk)
    async with running.as_(OTHER_CLERK) as other:
        texts = [await page(other, "/intake?counter=all"), await page(other, where)]
        searched = await page(other, "/intake?q=架空")
        assert "花子" not in searched
        assert "この条件に合う相談はありません" in searched
        assert where in texts[0]
        assert await page(other, f"{where}/escalation", 409)
        assert await page(other, f"{where}/attachment", 409)
    for text in texts:
        assert not any(word in text for word in ("花子", "雨間", "家賃"))
    assert not [who for who, _ in await running.sights() if who == OTHER_CLERK.staff_id]


async def test_figures_people_have_no_business_here(running: Running) -> None:
    async with running.as_(MANAGER) as manager:
        refused = await page(manager, "/intake", 403)
    assert "担当業務の対象ではありません" in refused


async def test_a_consultation_is_passed_on_with_a_ground(running: Running, clerk: Client) -> None:
    where = await receive(clerk)
    assert "本人の同意" in await page(clerk, f"{where}/escalation")
    response = await clerk.post(f"{where}/escalation", data=ESCALATION)
    assert response.status_code == 303
    text = await page(clerk, where)
    assert "返事を待っています" in text
    assert f"{where}/escalation" not in text
    fact, told = (await running.told())[-1]
    assert fact == "CaseEscalated"
    assert "花子" not in told
    sealed = await running.host.store.pool.fetchrow("SELECT to_team, sealed, basis FROM handovers")
    assert sealed
    assert sealed["to_team"] == "coordination"
    assert b"consent" in sealed["basis"]
    again = await clerk.post(f"{where}/escalation", data=ESCALATION | {"command_id": "more"})
    assert again.status_code == 409
    assert "すでに多機関協働へつないであります" in again.text
    async with running.as_(COORDINATOR) as coordinator:
        assert "家賃が払えない。" in await page(coordinator, where)
        assert "架空 花子" in await page(coordinator, "/intake?q=花子")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reasons": []}, "「つなぐ理由」を選んでください。"),
        ({"reasons": ["whim"]}, "選択肢にない値です"),
        ({"basis": ""}, "「情報を渡す根拠」を選んでください。"),
        ({"consent_on": ""}, "根拠がないと渡せません"),
        ({"consent_on": "2026-11-24"}, "同意の日が未来の日付です"),
        ({"consent_on": "先週"}, "同意をもらった日"),
        ({"basis": "urgency", "law": "第9条"}, "根拠がないと渡せません"),
        ({"basis": "other-law"}, "根拠がないと渡せません"),
        ({"basis": "support-meeting"}, "「情報を渡す根拠」を一覧から選んでください。"),
    ],
)
async def test_without_reason_or_ground_nothing_leaves(
    running: Running, clerk: Client, wrong: dict[str, Any], sentence: str
) -> None:
    where = await receive(clerk)
    response = await clerk.post(f"{where}/escalation", data=ESCALATION | wrong)
    assert response.status_code == 422
    assert sentence in response.text
    assert len(await running.told()) == 1
    assert await running.host.store.pool.fetchval("SELECT count(*) FROM handovers") == 0


async def test_a_consultation_joins_a_known_case_later(running: Running, clerk: Client) -> None:
    await receive(clerk)
    where = await receive(clerk, command_id="two", case="new")
    text = await page(clerk, f"{where}/attachment")
    case = re.search(r'name="case_id" value="([0-9a-f-]{36})"', text)
    former = re.search(r'name="former_case_id" value="([0-9a-f-]{36})"', text)
    assert case
    assert former
    asked = {"case_id": case[1], "former_case_id": former[1], "command_id": "join"}
    nothing = await clerk.post(f"{where}/attachment", data=asked | {"case_id": ""})
    assert nothing.status_code == 422
    assert (await clerk.post(f"{where}/attachment", data=asked)).status_code == 303
    assert "同じケースのほかの相談" in await page(clerk, where)
    assert (await running.told())[-1][0] == "ConsultationAttached"
    stale = asked | {"case_id": former[1], "former_case_id": former[1], "command_id": "stale"}
    assert (await clerk.post(f"{where}/attachment", data=stale)).status_code == 409
    assert "別の方だったとき" in await page(clerk, f"{where}/attachment")
    parted = {"former_case_id": case[1], "reason": "", "command_id": "back"}
    unsaid = await clerk.post(f"{where}/detachment", data=parted)
    assert "別の方だとわかった理由を書いてください。" in unsaid.text
    back = parted | {"reason": "生年月日がちがう", "command_id": "again"}
    assert (await clerk.post(f"{where}/detachment", data=back)).status_code == 303
    assert former[1] in (await running.told())[-1][1]
    assert "生年月日" not in (await running.told())[-1][1]
    assert "同じケースのほかの相談" not in await page(clerk, where)


@pytest.mark.parametrize(
    "path",
    [
        "/intake?status=no-such",
        "/intake?counter=C-77&after=nowhere",
        "/intake?q=%25",
        "/intake/led",
        "/intake/consultations/new?case=00000000-0000-0000-0000-000000000001",
    ],
)
async def test_odd_addresses_get_a_calm_page(clerk: Client, path: str) -> None:
    await page(clerk, path)


async def test_a_consultation_that_does_not_exist(clerk: Client) -> None:
    nowhere = "/intake/consultations/00000000-0000-0000-0000-000000000001"
    assert "見つかりません" in await page(clerk, nowhere, 404)
    assert "見つかりません" in await page(clerk, f"{nowhere}/escalation", 404)
