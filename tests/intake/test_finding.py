"""One box finds people by name, kana, phone, birth date and town, however spelled (F-20)."""

from __future__ import annotations

from datetime import date

import pytest

from services.intake.domain.consultation import Detached, consultation
from services.intake.domain.linking import detach
from services.intake.read.terms import Term, terms_of
from tests.given import scenario
from tests.intake.conftest import OTHER_CLERK, Client, Running
from tests.intake.examples import (
    CASE,
    CONSULTATION,
    KNOWN_CASE,
    SECOND,
    TODAY,
    attached,
    escalated,
    received,
)
from tests.intake.screens import page, receive
from tests.intake.test_which_counter import AKIRUNO

given = scenario(consultation)
BIRTH = date(1946, 3, 1)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("架空　花子", (Term("架空"), Term("花子"))),
        ("Ｓ21.3.1", (Term(None, BIRTH),)),
        ("昭和21年3月1日 はなこ", (Term(None, BIRTH), Term("ハナコ"))),
        ("1946-03-01", (Term("19460301", BIRTH),)),
        ("042 555-0100", (Term("0425550100"),)),
        ("小川", (Term("小川", None, AKIRUNO.find("towns", "小川")),)),
        ("淵上", (Term("渕上", None, AKIRUNO.find("towns", "渕上")),)),
        ("！", (Term(None),)),
        ("", ()),
    ],
)
def test_words_and_what_they_may_mean(typed: str, expected: tuple[Term, ...]) -> None:
    assert terms_of(typed, AKIRUNO) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "カクウ",
        "かくう",
        "架空 S21.3.1",
        "雨間",
        "1946/3/1 雨間",
        "花子 架空",
        "５５５０１００",
        "架空花子",
    ],
)
async def test_she_is_found_whatever_is_typed(running: Running, clerk: Client, typed: str) -> None:
    await receive(clerk)
    assert "架空 花子" in (await clerk.get("/intake", params={"q": typed})).text
    async with running.as_(OTHER_CLERK) as other:
        seen = (await other.get("/intake", params={"q": typed})).text
    assert "この条件に合う相談はありません" in seen


@pytest.mark.parametrize("typed", ["架空 S21.3.2", "小川", "雨間 次郎", "%", "_", "！"])
async def test_all_words_must_fit(clerk: Client, typed: str) -> None:
    await receive(clerk)
    found = (await clerk.get("/intake", params={"q": typed})).text
    assert "この条件に合う相談はありません" in found


def detached(case_id: object = CASE) -> Detached:
    return Detached.model_validate(
        {
            "consultation_id": CONSULTATION,
            "case_id": case_id,
            "former_case_id": KNOWN_CASE,
            "detached_on": TODAY,
            "reason": "別の方",
        }
    )


ASKED = {"new_case_id": SECOND, "former_case_id": KNOWN_CASE, "reason": "別の方", "on": TODAY}


def test_what_was_linked_gets_its_own_case_back() -> None:
    given(received(), attached()).when(detach, **ASKED).then(detached())


def test_what_was_received_for_a_known_case_gets_a_new_one() -> None:
    known = received(case_id=KNOWN_CASE, returning=True)
    given(known).when(detach, **ASKED).then(detached(SECOND))
    given(known, detached(SECOND)).when(detach, **ASKED).then_nothing()


def test_what_is_its_own_already_stays() -> None:
    given(received()).when(detach, **ASKED).then_nothing()


def test_it_is_not_taken_out_behind_somebodys_back() -> None:
    linked = (received(), attached())
    given(*linked).when(detach, **ASKED | {"former_case_id": CASE}).then_refused(
        "attached-meanwhile"
    )
    given(*linked).when(detach, **ASKED | {"reason": " "}).then_refused("detachment-reason-missing")
    given(*linked, escalated(case_id=KNOWN_CASE)).when(detach, **ASKED).then_refused(
        "escalated-stays-with-its-case"
    )
    given().when(detach, **ASKED).then_refused("consultation-unknown")


async def test_a_double_is_proposed_with_the_reason_in_words(clerk: Client) -> None:
    await receive(clerk)
    again = {"kana": "", "phone": "", "born_on": "", "command_id": "two"}
    from tests.intake.screens import SHEET

    asked = await clerk.post("/intake/consultations", data=SHEET | again)
    assert asked.status_code == 422
    assert "同じところ: 氏名・お住まいの町" in asked.text
    assert "架空 花子" in await page(clerk, "/intake")
