"""世帯の規則 and the drawing (F-02)."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest

from services.intake.domain.household import (
    Details,
    Member,
    MemberAdded,
    MemberCorrected,
    MemberLeft,
    add_member,
    correct_member,
    household,
    let_member_go,
)
from services.intake.filing import as_written
from shared.casefile.genogram import PITCH, SIZE, Own, genogram
from shared.vocabulary.counter_file import WrittenMember
from shared.vocabulary.relations import KIN, RELATIONS, Relation
from tests.given import scenario
from tests.intake.conftest import OTHER_CLERK, Client, Running
from tests.intake.examples import CASE, TODAY
from tests.intake.screens import page, receive

given = scenario(household)
SON = UUID(int=0x50)
WHO: dict[str, Any] = {"case_id": CASE, "member_id": SON}
ASKED: dict[str, Any] = WHO | {"today": TODAY}
DETAILS = Details(relation="son", name="架空 太郎", born_on=date(1975, 5, 5))


def details(**changes: Any) -> Details:
    return DETAILS.model_copy(update=changes)


def added(**changes: Any) -> MemberAdded:
    return MemberAdded(**(dict(DETAILS) | WHO | {"recorded_on": TODAY} | changes))


def left(why: Any = "moved-out", on: date = TODAY) -> MemberLeft:
    return MemberLeft(**WHO, why=why, left_on=on)


def test_a_member_is_written_down_corrected_and_moves_out() -> None:
    given().when(add_member, details=DETAILS, **ASKED).then(added())
    given(added()).when(correct_member, details=details(living="apart"), **ASKED).then(
        MemberCorrected(**(dict(DETAILS) | WHO), recorded_on=TODAY).model_copy(
            update={"living": "apart"}
        )
    )
    given(added()).when(let_member_go, why="moved-out", on=TODAY, **ASKED).then(left())
    given(added(), left()).when(let_member_go, why="died", on=TODAY, **ASKED).then(left("died"))


def test_a_member_without_a_name_is_written_down_too() -> None:
    given().when(add_member, details=Details(relation="unknown"), **ASKED).then(
        MemberAdded(**WHO, relation="unknown", recorded_on=TODAY)
    )


@pytest.mark.parametrize(
    ("history", "asked", "code"),
    [
        ([], (add_member, {"details": details(born_on=date(2027, 1, 1))}), "member-born-in-future"),
        ([], (add_member, {"details": details(joined_on=date(2027, 1, 1))}), "joined-in-future"),
        ([], (correct_member, {"details": DETAILS}), "member-unknown"),
        ([], (let_member_go, {"why": "died", "on": TODAY}), "member-unknown"),
        ([added()], (let_member_go, {"why": "died", "on": date(2027, 1, 1)}), "left-in-future"),
        (
            [added(), left("died")],
            (let_member_go, {"why": "moved-out", "on": TODAY}),
            "member-died",
        ),
        ([added(), left("mistake")], (correct_member, {"details": DETAILS}), "member-unknown"),
        (
            [added(joined_on=TODAY)],
            (let_member_go, {"why": "moved-out", "on": date(2026, 1, 1)}),
            "left-before-joined",
        ),
        (
            [added(member_id=UUID(int=1), relation="self")],
            (add_member, {"details": details(relation="self")}),
            "self-recorded-already",
        ),
    ],
)
def test_what_cannot_be_is_refused(history: list[Any], asked: tuple[Any, Any], code: str) -> None:
    given(*history).when(asked[0], **asked[1], **ASKED).then_refused(code)


def test_a_slip_of_the_pen_is_not_shown_but_stays_in_the_history() -> None:
    state = household.fold([added(), left("mistake")])
    assert state.members == []
    assert state.by_id


def members(*relations: Relation, **changes: Any) -> list[WrittenMember]:
    return [
        as_written(Member(UUID(int=n), details(relation=relation, **changes)))
        for n, relation in enumerate(relations)
    ]


@pytest.mark.parametrize("size", [0, 1, 5, 12, len(RELATIONS)])
def test_nobody_stands_on_anybody_and_parents_stand_above_children(size: int) -> None:
    drawn = genogram(members(*RELATIONS[:size], *RELATIONS[:size][1:]), Own("架空 花子"), TODAY)
    for one, two in combinations(drawn.nodes, 2):
        assert abs(one.x - two.x) >= PITCH or abs(one.y - two.y) >= 2 * SIZE
    for one, two in combinations(drawn.nodes, 2):
        above = KIN[one.relation].generation - KIN[two.relation].generation
        assert (two.y > one.y) == (above > 0)
    for node in drawn.nodes:
        assert SIZE // 2 <= node.x <= drawn.width - SIZE // 2
        assert node.y + SIZE // 2 + 37 <= drawn.height
    assert sum(node.own for node in drawn.nodes) == 1


def test_couples_are_joined_and_children_hang_below_them() -> None:
    drawn = genogram(members("husband", "son", "mother"), Own("架空 花子"), TODAY)
    at = {node.relation: node for node in drawn.nodes}
    assert (at["self"].x + SIZE // 2, at["self"].y) in {(one.x1, one.y1) for one in drawn.lines}
    son = at["son"]
    assert any((one.x2, one.y2) == (son.x, son.y - SIZE // 2) for one in drawn.lines)
    assert at["husband"].sex == "male"
    assert at["self"].sex == "unknown"


def test_no_line_is_guessed_for_a_grandchild() -> None:
    drawn = genogram(members("son", "daughter", "grandchild"), Own(), TODAY)
    [grandchild] = [node for node in drawn.nodes if node.relation == "grandchild"]
    assert not any(one.y2 > grandchild.y - SIZE for one in drawn.lines)


async def test_the_clerk_records_corrects_and_sees_the_household(
    running: Running, clerk: Client
) -> None:
    where = await receive(clerk)
    member = {
        "relation": "son",
        "name": "架空 太郎",
        "born_on": "昭和50年5月5日",
        "command_id": "m",
    }
    sent = await clerk.post(
        f"{where}/household", data=member | {"sex": "unknown", "living": "apart"}
    )
    assert sent.status_code == 303, sent.text
    text = await page(clerk, where)
    for words in ("架空 太郎", "息子 51歳", "昭和50年5月5日", "stroke-dasharray", "別居"):
        assert words in text
    [facts] = await running.told()
    assert "太郎" not in facts[1]
    href = text.split("/household/")[1].split('"')[0]
    form = await page(clerk, f"{where}/household/{href}")
    assert "昭和50年5月5日" in form
    left = {"why": "died", "on": "2026-11-22", "command_id": "d"}
    sent = await clerk.post(f"{where}/household/{href}/departure", data=left)
    assert sent.status_code == 303, sent.text
    assert "故人（令和8年11月22日から）" in await page(clerk, where)
    async with running.as_(OTHER_CLERK) as other:
        assert "太郎" not in await page(other, where)
        assert (await other.post(f"{where}/household", data=member)).status_code == 409


async def test_two_people_correct_one_member(clerk: Client) -> None:
    where = await receive(clerk)
    member = {"relation": "son", "name": "架空 太郎", "sex": "unknown", "living": "together"}
    await clerk.post(f"{where}/household", data=member | {"command_id": "m1"})
    here = f"{where}/household/" + (await page(clerk, where)).split("/household/")[1].split('"')[0]
    first = member | {"edition": "1", "living": "apart", "command_id": "m2"}
    assert (await clerk.post(here, data=first)).status_code == 303
    second = member | {"edition": "1", "note": "月に一度来る", "command_id": "m3"}
    slower = await clerk.post(here, data=second)
    assert slower.status_code == 409
    assert "月に一度来る" in slower.text
    assert "書きかえました" in slower.text
    again = member | {"edition": "2", "living": "apart", "note": "月に一度来る", "command_id": "m4"}
    assert (await clerk.post(here, data=again)).status_code == 303


async def test_a_wrong_day_comes_back_with_what_was_typed(clerk: Client) -> None:
    where = await receive(clerk)
    wrong = {"relation": "son", "name": "架空 太郎", "born_on": "2027-01-01", "command_id": "m"}
    sent = await clerk.post(f"{where}/household", data=wrong)
    assert sent.status_code == 422
    assert "架空 太郎" in sent.text
    assert "世帯員の生年月日が未来の日付です" in sent.text
