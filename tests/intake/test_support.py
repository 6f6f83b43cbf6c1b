"""参加支援 and アウトリーチ among those who support a household (T-20, T-24, T-32)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.intake.domain.support import (
    SupportBegan,
    SupportEnded,
    note_beginning,
    note_end,
    support,
)
from shared.contracts.outreach import (
    OutreachConcluded,
    OutreachConclusionCorrected,
    OutreachStarted,
)
from shared.contracts.participation import ParticipationConcluded, ParticipationStarted
from tests.given import scenario
from tests.intake.conftest import CLERK, Running
from tests.intake.examples import CASE, CONSULTATION
from tests.intake.test_members import helping
from tests.intake.test_reactions import begin, hear

given = scenario(support)
REQUEST, OTHER_REQUEST = UUID(int=0xA1), UUID(int=0xA2)
BEGUN, DONE, LATER = date(2026, 10, 1), date(2026, 11, 2), date(2026, 11, 9)
ABOUT: dict[str, Any] = {"case_id": CASE, "request_id": REQUEST}
BEGAN = SupportBegan(**ABOUT, by="participation", since=BEGUN)
ENDED = SupportEnded(**ABOUT, until=DONE)


def test_a_team_begins_once() -> None:
    told: dict[str, Any] = ABOUT | {"by": "participation", "on": BEGUN}
    given().when(note_beginning, **told).then(BEGAN)
    given(BEGAN, ENDED).when(note_beginning, **told).then_nothing()


def test_it_ends_on_the_day_that_was_told_last() -> None:
    given(BEGAN).when(note_end, on=DONE).then(ENDED)
    given(BEGAN, ENDED).when(note_end, on=DONE).then_nothing()
    given(BEGAN, ENDED).when(note_end, on=LATER).then(SupportEnded(**ABOUT, until=LATER))


def test_a_request_that_was_never_begun_ends_without_a_word() -> None:
    given().when(note_end, on=DONE).then_nothing()


async def test_the_record_page_says_who_supports_since_and_until_when(running: Running) -> None:
    await begin(running)
    visited: dict[str, Any] = {"case_id": CASE, "request_id": OTHER_REQUEST}
    await hear(running, ParticipationStarted(**ABOUT, occurred_on=BEGUN))
    await hear(running, OutreachStarted(**visited, occurred_on=BEGUN))
    assert await lines(running) == [
        ["参加支援", "支援している", "令和8年10月1日から"],
        ["アウトリーチ", "支援している", "令和8年10月1日から"],
    ]
    await hear(running, OutreachConcluded(**visited, occurred_on=DONE, outcome="linked"))
    await hear(running, OutreachStarted(**visited, occurred_on=BEGUN))  # an old fact, late
    assert await lines(running) == [
        ["参加支援", "支援している", "令和8年10月1日から"],
        ["アウトリーチ", "支援していた", "令和8年10月1日から令和8年11月2日まで"],
    ]
    better = OutreachConclusionCorrected(
        **visited,
        occurred_on=LATER,
        outcome="linked",
        former_on=DONE,
        former_outcome="linked",
        edition=2,
        corrected_on=LATER,
    )
    await hear(running, better)
    assert "令和8年11月9日まで" in (await lines(running))[1][2]
    await hear(running, ParticipationConcluded(**ABOUT, occurred_on=DONE, outcome="stable"))
    assert {line[1] for line in await lines(running)} == {"支援していた"}


async def test_an_end_of_something_unknown_leaves_nothing(running: Running) -> None:
    await hear(running, OutreachConcluded(**ABOUT, occurred_on=DONE, outcome="linked"))
    assert await running.host.store.pool.fetchval("SELECT count(*) FROM events") == 0


async def lines(running: Running) -> list[list[str]]:
    """Who, what and when of the teams' lines in the table of ties."""
    async with running.as_(CLERK) as clerk:
        text = helping((await clerk.get(f"/intake/consultations/{CONSULTATION}")).text)
    rows = [row.split("</tr>")[0] for row in text.split("<tr>")[1:]]
    cells = [
        [one.split(">", 1)[1].split("</")[0].strip() for one in r.split("<td")[1:]] for r in rows
    ]
    return [row[:3] for row in cells if row and row[0] in ("参加支援", "アウトリーチ")]
