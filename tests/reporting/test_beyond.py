"""Beyond the plan: each question on a small history counted by hand (N-04 … N-07)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest

from deploy.embedded import Servers
from services.reporting.beyond import Answer, behind_answer, questions_of
from services.reporting.read.labels import codes_of
from services.reporting.walking import WITHIN_A_DAY, Rules, Step
from shared.contracts import coordination
from shared.privacy.access import Role
from shared.runtime.settings import Settings
from shared.sourcing.decider import Refused
from shared.vocabulary.city import City
from tests.reporting.conftest import NOVEMBER, Client, serving
from tests.reporting.examples import MAY, received, tell
from tests.reporting.test_pages import page

APRIL = date(2026, 4, 1)
RULES = Rules("C-08", date(2026, 11, 1))


def on(days: int) -> date:
    return APRIL + timedelta(days=days)


def step(case: int, name: str, days: int, thing: int = 0, code: str = "") -> Step:
    return Step(UUID(int=case), name, on(days), UUID(int=thing) if thing else None, code)


HISTORY = [
    # 1: planned after 20 days, asked and begun in time, closed with another agency, resumed late
    step(1, "escalated", 0, 11),
    step(1, "accepted", 3, 11),
    step(1, "planned", 20),
    step(1, "requested", 21, 61),
    step(1, "started", 30, 61),
    step(1, "planned", 100),
    step(1, "closed", 120, code="C-01"),
    step(1, "came-back", 130),
    step(1, "escalated", 131, 12),
    step(1, "reopened", 134),
    step(1, "accepted", 134, 12),
    # 2: given back
    step(2, "escalated", 5, 13),
    step(2, "returned", 9, 13),
    # 3: planned after 40 days, the request stays unanswered, closed and carried by another agency
    step(3, "escalated", 10, 14),
    step(3, "accepted", 12, 14),
    step(3, "planned", 50),
    step(3, "requested", 51, 62),
    step(3, "closed", 150, code="C-02"),
    # 4: our own office leads; a request that still has time
    step(4, "closed", 160, code="C-08"),
    step(4, "requested", 200, 63),
    Step(None, "missed", on(60), UUID(int=71), "food"),
    # one need is met after 30 days and used after 45, the other waits
    Step(None, "gap-noted", on(60), UUID(int=71), "food"),
    Step(None, "gap-filled", on(90), UUID(int=71)),
    Step(None, "gap-closed", on(105), UUID(int=71)),
    Step(None, "gap-noted", on(61), UUID(int=72), "place"),
]
BY_HAND = {
    "returned": Answer(25.0, 4),
    "to-plan": Answer(30.0, 2),
    "silent": Answer(50.0, 2),
    "to-resume": Answer(4.0, 1),
    "alone": Answer(33.3, 3),
    "missed": Answer(1.0, 1),
    "filled": Answer(50.0, 2),
    "to-fill": Answer(30.0, 1),
    "to-use": Answer(45.0, 1),
}


def test_every_question_is_counted_as_by_hand() -> None:
    found = {one.id: one.answers for one in questions_of(HISTORY, [2025, 2026], RULES)}
    assert {name: answers[2026] for name, answers in found.items()} == BY_HAND
    assert found["to-plan"][2025] == Answer(None, 0)
    assert found["missed"][2025] == Answer(0.0, 0)


def test_every_answer_opens_to_as_many_as_it_counts() -> None:
    for question in questions_of(HISTORY, [2026], RULES):
        behind = behind_answer(question.id, HISTORY, 2026, RULES)
        assert len(behind) == question.answers[2026].of
    plans = behind_answer("to-plan", HISTORY, 2026, RULES)
    assert [(one.step.case_id, one.number) for one in plans] == [
        (UUID(int=3), 40),
        (UUID(int=1), 20),
    ]
    assert plans[1].since == HISTORY[0], "from the escalation on"
    with pytest.raises(Refused, match="question-unknown"):
        behind_answer("all", HISTORY, 2026, RULES)


def test_the_order_in_which_facts_arrived_does_not_matter() -> None:
    for seed in range(5):
        steps = list(HISTORY)
        Random(seed).shuffle(steps)
        found = {one.id: one.answers[2026] for one in questions_of(steps, [2026], RULES)}
        assert found == BY_HAND


def test_steps_of_one_day_come_in_the_order_of_the_work() -> None:
    """Whatever the names of the teams that told them: coordination's came first in the table."""
    resumed = [
        step(1, "closed", 20, code="C-01"),
        step(1, "reopened", 20),
        step(1, "came-back", 20),
        step(1, "escalated", 20, 12),
    ]
    found = {one.id: one.answers[2026] for one in questions_of(resumed, [2026], RULES)}
    assert found["to-resume"] == Answer(0.0, 1)
    planned = [
        step(2, "planned", 30),
        step(2, "escalated", 30, 13),
        step(2, "planned", 90),
    ]
    found = {one.id: one.answers[2026] for one in questions_of(planned, [2026], RULES)}
    assert found["to-plan"] == Answer(0.0, 1), "the plan of that day is the first; the next is none"


def test_every_step_has_its_place_within_a_day(city: City) -> None:
    assert set(codes_of(city, "step")) == set(WITHIN_A_DAY)


def test_an_escalation_decided_twice_counts_as_it_ended() -> None:
    steps = [step(1, "accepted", 1, 11), step(1, "returned", 2, 11)]
    assert questions_of(steps, [2026], RULES)[0].answers[2026] == Answer(100.0, 1)


@pytest.fixture
def city(settings_of: Callable[[str], Settings]) -> City:
    return City.load(settings_of("reporting").city_dir)


@pytest.fixture
async def escalated(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[Client]:
    """A consultation, one whose case 多機関協働 has, and one whose case it gave back."""
    told = tell(
        [
            received(MAY, case_id=UUID(int=1)),
            received(MAY, case_id=UUID(int=2), consultation_id=UUID(int=2)),
            accepted(UUID(int=2)),
            returned(UUID(int=3)),
        ]
    )
    async with serving(servers, settings_of("reporting"), NOVEMBER, told) as client:
        yield client


def accepted(case: UUID) -> coordination.EscalationAccepted:
    return coordination.EscalationAccepted(
        occurred_on=MAY, case_id=case, escalation_id=UUID(int=21)
    )


def returned(case: UUID) -> coordination.EscalationReturned:
    return coordination.EscalationReturned(
        occurred_on=MAY, case_id=case, escalation_id=UUID(int=22), counter="C-01", reason="usual"
    )


async def test_a_consultation_opens_its_case_once_coordination_has_it(escalated: Client) -> None:
    text = await page(escalated, "/reporting/indicators/Q-02?fiscal_year=2026")
    assert f'href="/coordination/cases/{UUID(int=2)}"' in text
    assert f'href="/coordination/cases/{UUID(int=1)}"' not in text
    assert str(UUID(int=1)) in text


async def test_an_answer_opens_to_its_cases(
    escalated: Client, sign_in: Callable[[Client, Role], None]
) -> None:
    overview = await page(escalated, "/reporting/beyond")
    assert 'href="/reporting/beyond/returned?fiscal_year=2026"' in overview
    text = await page(escalated, "/reporting/beyond/returned?fiscal_year=2026")
    for case in (2, 3):
        assert f'href="/coordination/cases/{UUID(int=case)}"' in text
    assert text.count("あてはまらない") == 1
    answer = (await escalated.get("/reporting/api/beyond/returned?fiscal_year=2026")).json()
    assert answer["count"] == 2
    assert {(one["case_id"], one["number"]) for one in answer["counted"]} == {
        (str(UUID(int=2)), 0),
        (str(UUID(int=3)), 1),
    }
    await page(escalated, "/reporting/beyond/nothing", 404)
    sign_in(escalated, Role.COMMUNITY)
    assert "/coordination/cases/" not in await page(escalated, "/reporting/beyond/returned")


async def test_the_page_and_the_json(client: Client) -> None:
    text = await page(client, "/reporting/beyond")
    for said in ("連携を残して紹介元に戻した割合", "低いほどよい、とは言えない", "令和8年度"):
        assert said in text
    then = (await client.get("/reporting/api/beyond?on=2026-08-01")).json()
    assert [one["id"] for one in then] == list(BY_HAND)
    assert '"/reporting/beyond"' in await page(client, "/reporting")
