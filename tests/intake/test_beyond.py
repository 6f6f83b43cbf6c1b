"""分野を超えた対応 (X-24): the rule, the rule asked again, and what staff put right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.intake.domain.beyond import RULE, FieldCorrected, FieldJudged, fields_beyond
from services.intake.domain.consultation import consultation
from services.intake.domain.judging import correct_field, judge_field
from shared.vocabulary.ages import AgeBand
from tests.given import scenario
from tests.intake.conftest import OTHER_CLERK, Client, Running
from tests.intake.examples import CASE, CONSULTATION, TODAY, received
from tests.intake.screens import page, receive
from tests.intake.test_which_counter import AKIRUNO

given = scenario(consultation)
WHOSE: dict[str, Any] = {
    "consultation_id": CONSULTATION,
    "case_id": CASE,
    "counter": "C-01",
    "programme": "1イ",
    "received_on": date(2026, 11, 20),
}
WHERE = received().nurse_district
JUDGED = FieldJudged(**WHOSE, nurse_district=WHERE, beyond=True, rule=RULE, judged_on=TODAY)
CORRECTED = FieldCorrected(
    **WHOSE, nurse_district=WHERE, beyond=True, reason="息子の仕事も相談", corrected_on=TODAY
)
inside = received(programme="1イ", beyond=False, beyond_rule=RULE)
SAID: dict[str, Any] = {"beyond": True, "today": TODAY}


@pytest.mark.parametrize(
    ("programme", "ages", "issues", "expected"),
    [
        ("1イ", ["75+"], ["dementia"], ()),
        ("1イ", ["75+"], ["debt"], ("livelihood",)),
        ("1イ", ["75+", "6-14"], [], ("children",)),
        ("1ロ", ["75+"], ["disability"], ("elderly",)),
        ("1ロ", ["unknown", "40-64"], [], ()),
        ("5", ["75+"], ["debt"], None),
        (None, [], [], None),
    ],
)
def test_the_rule(
    programme: str | None, ages: list[AgeBand], issues: list[str], expected: Any
) -> None:
    assert fields_beyond(AKIRUNO, programme, ages, issues) == expected


def test_the_rule_is_asked_again_and_says_only_what_is_new() -> None:
    given(inside).when(judge_field, **SAID).then(JUDGED)
    given(inside).when(judge_field, beyond=False, today=TODAY).then_nothing()
    given(received()).when(judge_field, **SAID).then_nothing()


def test_what_staff_put_right_stays() -> None:
    given(inside).when(correct_field, **SAID, reason="息子の仕事も相談").then(CORRECTED)
    given(inside, CORRECTED).when(judge_field, beyond=False, today=TODAY).then_nothing()


def test_a_correction_needs_a_reason_and_a_counter_with_a_field() -> None:
    given(inside).when(correct_field, **SAID, reason=" ").then_refused("field-reason-missing")
    given(received()).when(correct_field, **SAID, reason="x").then_refused("counter-without-field")
    given().when(correct_field, **SAID, reason="x").then_refused("consultation-unknown")


async def test_the_household_changes_the_answer_and_staff_correct_it(
    running: Running, clerk: Client
) -> None:
    where = await receive(clerk, issues=["care"], main_issue="")
    assert "あてはまらない（記録から自動、規則 第1版）" in await page(clerk, where)
    child = {"relation": "grandchild", "born_on": "2015-05-05", "command_id": "m"}
    assert (await clerk.post(f"{where}/household", data=child)).status_code == 303
    assert "あてはまる（記録から自動、規則 第1版）" in await page(clerk, where)
    assert "子ども・子育て" in await page(clerk, f"{where}/field")
    unsaid = await clerk.post(f"{where}/field", data={"beyond": "no", "command_id": "f"})
    assert "直す理由を書いてください。" in unsaid.text
    said = {"beyond": "no", "reason": "孫は週末だけ来る", "command_id": "g"}
    assert (await clerk.post(f"{where}/field", data=said)).status_code == 303
    text = await page(clerk, where)
    assert "あてはまらない（職員が直したもの）" in text
    assert "理由: 孫は週末だけ来る" in text
    async with running.as_(OTHER_CLERK) as other:
        assert "孫は週末" not in await page(other, where)
    told = await running.told()
    assert [fact for fact, _ in told[1:]] == ["BeyondFieldReviewed", "BeyondFieldReviewed"]
    assert '"occurred_on":"2026-11-20"' in told[1][1]
    assert "孫" not in told[2][1]
