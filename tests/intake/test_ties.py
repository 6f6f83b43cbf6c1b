"""つながりの規則, the エコマップ, its screens and its JSON (F-02)."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest

from services.intake.domain.ties import (
    MOST,
    About,
    TieCorrected,
    TieEnded,
    TieNoted,
    correct_tie,
    end_tie,
    note_tie,
    ties,
)
from shared.casefile.ecomap import MOST as DRAWN
from shared.casefile.ecomap import PLACE, Bond, ecomap
from tests.given import scenario
from tests.intake.conftest import OTHER_CLERK, Client, Running
from tests.intake.examples import CASE, TODAY
from tests.intake.screens import page, receive

given = scenario(ties)
TIE = UUID(int=0x71E)
WHO: dict[str, Any] = {"case_id": CASE, "tie_id": TIE}
ASKED: dict[str, Any] = WHO | {"today": TODAY}
ABOUT = About(kind="strong", who="隣の架空さん", since=date(2020, 4, 1), note="週に一度様子を見る")
WEAK = ABOUT.model_copy(update={"kind": "weak"})
noted = TieNoted(**dict(ABOUT), **WHO, recorded_on=TODAY)
corrected = TieCorrected(**dict(WEAK), **WHO, edition=2, recorded_on=TODAY)
ended = TieEnded(**WHO, ended_on=TODAY)


def test_a_tie_is_noted_described_anew_and_ends() -> None:
    given().when(note_tie, about=ABOUT, **ASKED).then(noted)
    given(noted).when(correct_tie, about=WEAK, edition=1, **ASKED).then(corrected)
    given(noted, corrected).when(end_tie, on=TODAY, **ASKED).then(ended)


@pytest.mark.parametrize(
    ("history", "decide", "asked", "code"),
    [
        ([], note_tie, {"about": About(kind="weak", who=" ")}, "tie-with-nobody"),
        ([], note_tie, {"about": About(kind="weak")}, "tie-with-nobody"),
        (
            [],
            note_tie,
            {"about": ABOUT.model_copy(update={"since": date(2027, 1, 1)})},
            "tie-in-future",
        ),
        ([], correct_tie, {"about": ABOUT, "edition": 1}, "tie-unknown"),
        ([noted, corrected], correct_tie, {"about": ABOUT, "edition": 1}, "tie-changed-meanwhile"),
        ([], end_tie, {"on": TODAY}, "tie-unknown"),
        ([noted], end_tie, {"on": date(2027, 1, 1)}, "tie-in-future"),
        ([noted], end_tie, {"on": date(2019, 1, 1)}, "tie-ended-before-it-began"),
        (
            [noted, TieEnded(**WHO, ended_on=date(2021, 1, 1))],
            correct_tie,
            {"about": ABOUT.model_copy(update={"since": date(2022, 1, 1)}), "edition": 1},
            "tie-ended-before-it-began",
        ),
    ],
)
def test_what_is_refused(history: Any, decide: Any, asked: dict[str, Any], code: str) -> None:
    given(*history).when(decide, **ASKED | asked).then_refused(code)


def test_twenty_at_the_most_and_what_ended_does_not_count() -> None:
    many = [noted.model_copy(update={"tie_id": UUID(int=n)}) for n in range(1, MOST + 1)]
    given(*many).when(note_tie, about=ABOUT, **ASKED).then_refused("ties-full")
    over = ended.model_copy(update={"tie_id": UUID(int=1)})
    given(*many, over).when(note_tie, about=ABOUT, **ASKED).then(noted)


@pytest.mark.parametrize("count", [0, 1, 2, 5, DRAWN, DRAWN + 3])
def test_no_place_of_the_map_lies_over_another(count: int) -> None:
    drawn = ecomap([Bond(f"とても長い名前の機関{n}", "弱い", "weak") for n in range(count)])
    assert len(drawn.ties) == min(count, DRAWN)
    assert drawn.left_out == max(0, count - DRAWN)
    for one, other in combinations(drawn.ties, 2):
        apart = abs(one.at.x - other.at.x) >= PLACE[0] or abs(one.at.y - other.at.y) >= PLACE[1]
        assert apart, (one, other)
    for one in drawn.ties:
        assert PLACE[0] / 2 <= one.at.x <= drawn.width - PLACE[0] / 2
        assert drawn.top <= one.at.y - PLACE[1] / 2
        assert one.at.y + PLACE[1] / 2 <= drawn.top + drawn.height
        assert all(len(line) <= 8 for line in one.name)


TYPED = {"who": "隣の架空さん", "kind": "strong", "since": "令和2年4月1日", "note": "週に一度"}


async def test_the_map_on_the_record(running: Running, clerk: Client) -> None:
    here = await receive(clerk)
    assert "エコマップ" in await page(clerk, here)
    made = await clerk.post(f"{here}/ties", data=TYPED | {"command_id": "t1"})
    assert made.status_code == 303, made.text
    text = await page(clerk, here)
    assert "隣の架空さん" in text
    assert "令和2年4月1日から" in text
    form = text.split("/ties/")[1].split('"')[0]
    first = TYPED | {"edition": "1", "kind": "weak"}
    assert (
        await clerk.post(f"{here}/ties/{form}", data=first | {"command_id": "t2"})
    ).status_code == 303
    slower = await clerk.post(
        f"{here}/ties/{form}",
        data=TYPED | {"edition": "1", "kind": "broken", "note": "会わない", "command_id": "t3"},
    )
    assert slower.status_code == 409
    assert "会わない" in slower.text
    assert "ほかの職員が書いたこと" in slower.text
    gone = await clerk.post(f"{here}/ties/{form}/end", data={"on": "R8.11.1", "command_id": "t4"})
    assert gone.status_code == 303
    assert "令和8年11月1日まで" in await page(clerk, here)
    async with running.as_(OTHER_CLERK) as other:
        assert (await other.get(f"{here}/ties/{form}")).status_code == 409
    told = str(await running.told())
    assert "Tie" not in told


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"who": ""}, "だれ・どこ"),
        ({"kind": "unbreakable"}, "一覧から選び直して"),
        ({"since": "R99.1.1"}, "いつから"),
        ({"since": "2027-01-01"}, "まだ来ていない日"),
    ],
)
async def test_bad_input_keeps_what_was_typed(
    clerk: Client, wrong: dict[str, str], said: str
) -> None:
    here = await receive(clerk)
    refused = await clerk.post(f"{here}/ties", data=TYPED | wrong | {"command_id": "t5"})
    assert refused.status_code in {409, 422}
    assert said in refused.text
    assert "週に一度" in refused.text
    assert "途切れた" in await page(clerk, f"{here}/ties/new")
    assert (await clerk.get(f"{here.replace('/intake', '/intake/api')}/ties")).json() == []


async def test_the_json_does_the_same(clerk: Client) -> None:
    where = await receive(clerk)
    here = f"{where.replace('/intake', '/intake/api')}/ties"
    body = {"who": "主治医", "kind": "ordinary", "since": "2024-05-01"}
    again = {"Idempotency-Key": "tie-1"}
    made = [(await clerk.post(here, json=body, headers=again)).json() for _ in range(2)]
    assert made[0]["id"] == made[1]["id"]
    one = f"{here}/{made[0]['id']}"
    changed = await clerk.post(one, json=body | {"kind": "strained", "edition": 1})
    assert changed.json()["edition"] == 2
    late = await clerk.post(one, json=body | {"kind": "weak", "edition": 1})
    assert late.status_code == 409
    assert (await clerk.post(f"{one}/end", json={"on": "2026-11-01"})).status_code == 201
    [shown] = (await clerk.get(here)).json()
    assert (shown["kind"], shown["ended_on"]) == ("strained", "2026-11-01")
    assert (await clerk.post(here, json={"kind": "weak"})).status_code == 422
