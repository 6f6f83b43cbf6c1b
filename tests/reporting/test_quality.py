"""データの質 (F-29): small histories counted by hand, whatever the order in which they arrive."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from services.reporting.indicators import Memory
from services.reporting.quality import RULES, Step, found_by, month_ends, spells_of
from services.reporting.read.standing import late_of, oldest_lacking, standings_of
from services.reporting.rebuild import rebuild
from services.reporting.tables import apply_batch
from shared.bus.told import Told
from shared.contracts import coordination, intake
from shared.contracts.fact import Fact
from shared.sourcing.log import Connection
from shared.vocabulary.entries import Deadlines
from tests.reporting.conftest import Client
from tests.reporting.examples import MAY, received, tell
from tests.reporting.test_pages import page
from tests.reporting.test_tables import everything, pages
from tests.reporting.test_years import send

APRIL = date(2026, 4, 1)
TODAY = date(2026, 11, 23)
LIMITS = Deadlines(consent=10, plan=20)


def on(days: int) -> date:
    return APRIL + timedelta(days=days)


class Case:
    """Facts of one case, as its teams tell them."""

    def __init__(self, number: int) -> None:
        self.case_id = UUID(int=number)
        self.thing = UUID(int=number + 1000)

    def escalated(self, days: int, district: str | None = "nd-tasai") -> Fact:
        return intake.CaseEscalated(
            occurred_on=on(days),
            case_id=self.case_id,
            escalation_id=self.thing,
            consultation_id=self.thing,
            counter="C-01",
            reasons=("complex",),
            nurse_district=district,
            handover_id=self.thing,
            basis="consent",
        )

    def accepted(self, days: int) -> Fact:
        return coordination.EscalationAccepted(
            occurred_on=on(days), case_id=self.case_id, escalation_id=self.thing
        )

    def returned(self, days: int) -> Fact:
        return coordination.EscalationReturned(
            occurred_on=on(days),
            case_id=self.case_id,
            escalation_id=self.thing,
            counter="C-01",
            reason="usual",
        )

    def consented(self, days: int) -> Fact:
        return coordination.ConsentGiven(
            occurred_on=on(days), case_id=self.case_id, consent_id=self.thing
        )

    def withdrew(self, days: int) -> Fact:
        return coordination.ConsentWithdrawn(
            occurred_on=on(days), case_id=self.case_id, consent_id=self.thing
        )

    def planned(self, days: int, review: int, round_: int = 1) -> Fact:
        return coordination.PlanAgreed(
            occurred_on=on(days),
            case_id=self.case_id,
            plan_id=UUID(int=days),
            round=round_,
            review_on=on(review),
            agencies=("C-01",),
        )

    def closed(self, days: int) -> Fact:
        return coordination.CaseClosed(
            occurred_on=on(days),
            case_id=self.case_id,
            closure_id=self.thing,
            lead_agency="C-01",
            reason="roles",
        )

    def reopened(self, days: int) -> Fact:
        return coordination.CaseReopened(
            occurred_on=on(days),
            case_id=self.case_id,
            closure_id=self.thing,
            resumption_id=self.thing,
            reason="change",
        )


async def found(db: Connection, facts: list[Fact], today: date) -> dict[str, Any]:
    """Rule → case number → days, from the tables."""
    async with db.transaction():
        await apply_batch(db, tell(facts), Memory("C-08"))
    spells = spells_of(await standings_of(db), LIMITS)
    return {
        one.rule.id: {case.case_id.int: case.days for case in one.cases}
        for one in found_by(spells, LIMITS, today)
        if one.cases
    }


def history() -> list[Fact]:
    """Six cases, each with one thing amiss or none on day 100."""
    good, silent, lapsed, late, again, back = (Case(number) for number in range(1, 7))
    return [
        *(good.escalated(0), good.accepted(1), good.consented(3), good.planned(9, review=120)),
        *(silent.escalated(0, None), silent.accepted(70)),
        *(lapsed.escalated(0), lapsed.accepted(1), lapsed.consented(2), lapsed.withdrew(80)),
        lapsed.planned(81, review=180),
        *(late.escalated(0), late.accepted(1), late.consented(2), late.planned(5, review=60)),
        *(again.escalated(0), again.accepted(1), again.consented(2), again.planned(5, 40)),
        *(again.closed(50), again.reopened(70)),
        *(back.escalated(0, None), back.accepted(1), back.returned(2)),
    ]


BY_HAND = {
    "no-consent": {2: 30, 3: 20},
    "planned-without-consent": {3: 19},
    "no-plan": {2: 30, 5: 30},
    "review-passed": {4: 40},
    "no-district": {2: 30},
}


async def test_every_rule_finds_its_case_and_no_other(db: Connection) -> None:
    assert await found(db, history(), on(100)) == BY_HAND
    assert set(BY_HAND) == {rule.id for rule in RULES}


@pytest.mark.parametrize(
    ("day", "rule", "cases"),
    [
        (80, "no-consent", []),
        (81, "no-consent", [2]),
        (90, "no-plan", []),
        (91, "no-plan", [2, 5]),
        (60, "review-passed", []),
        (61, "review-passed", [4]),
    ],
)
async def test_a_day_early_it_is_none(
    db: Connection, day: int, rule: str, cases: list[int]
) -> None:
    everybody = await found(db, history(), on(day))
    assert list(everybody.get(rule, {})) == cases


async def test_facts_that_come_late_or_in_another_order_change_nothing(db: Connection) -> None:
    async with db.transaction():
        await apply_batch(db, tell(history()), Memory("C-08"))
    steps: list[Step] = await standings_of(db)
    for seed in range(5):
        mixed = list(steps)
        Random(seed).shuffle(mixed)
        for_today = found_by(spells_of(mixed, LIMITS), LIMITS, on(100))
        said = {
            one.rule.id: {case.case_id.int: case.days for case in one.cases} for one in for_today
        }
        assert said == BY_HAND


async def test_within_a_day_a_case_arrives_before_it_is_worked_on(db: Connection) -> None:
    """Another counter sends it without a district; the same day outreach is asked for, with one."""
    case = Case(1)
    asked = coordination.OutreachRequested(
        occurred_on=on(5),
        case_id=case.case_id,
        request_id=case.thing,
        nurse_district="nd-tasai",
        handover_id=case.thing,
        basis="consent",
    )
    facts = [case.escalated(0), case.accepted(1), case.consented(1), asked, case.escalated(5, None)]
    assert "no-district" not in await found(db, facts, on(10))


async def test_what_was_is_still_known(db: Connection) -> None:
    """The month's end before the consent was withdrawn did not find it."""
    async with db.transaction():
        await apply_batch(db, tell(history()), Memory("C-08"))
    spells = spells_of(await standings_of(db), LIMITS)
    found_now = {one.rule.id: one for one in found_by(spells, LIMITS, on(100))}
    assert dict(found_now["no-consent"].trend) == {
        **dict.fromkeys(month_ends(on(100))[:-1], 0),
        on(90): 1,
        on(100): 2,
    }


async def test_a_rebuild_finds_the_same(db: Connection) -> None:
    facts = tell(history())
    async with db.transaction():
        await apply_batch(db, facts, Memory("C-08"))
    before = await everything(db)
    await rebuild(db, pages(facts), Memory("C-08"))
    assert await everything(db) == before


async def test_what_consultations_lack(db: Connection) -> None:
    facts = tell(
        [
            received(catchment="chubu", nurse_district="nd-tasai"),
            received(catchment="itsukaichi", issues=()),
            received(date(2026, 6, 1)),
            received(date(2025, 6, 1)),
        ]
    )
    async with db.transaction():
        await apply_batch(db, facts, Memory("C-08"))
    assert await oldest_lacking(db, 2026) == {
        "district": (1, MAY),
        "issues": (1, MAY),
        "town": (1, date(2026, 6, 1)),
    }


async def test_what_came_after_the_closing(db: Connection) -> None:
    """Position 2 of intake is later than the head; of community nothing was heard then."""
    march = date(2026, 3, 31)
    facts: list[Told] = tell([received(march), received(march), received(MAY)])
    async with db.transaction():
        await apply_batch(db, facts, Memory("C-08"))
    count, late = await late_of(db, 2025, {"intake": 1}, march)
    assert {(one.indicator, one.position) for one in late} == {
        *(("Q-02", 2), ("Q-03", 2), ("Q-04", 2)),
    }
    assert count == len(late)
    assert await late_of(db, 2025, {"intake": 2}, march) == (0, [])
    assert await late_of(db, 2025, {}, march) == (0, []), "recorded before the end of that day"


async def test_the_page_the_lists_and_the_json(client: Client) -> None:
    text = await page(client, "/reporting/quality")
    for said in ("データの質", "同意のないケース", "30日を過ぎても", "町名のわからない相談"):
        assert said in text
    assert "締めた年度はまだありません" in text
    link = "/reporting/indicators/S-02?fiscal_year=2026&amp;dim=lacks%3Atown#facts"
    assert link in text
    assert "3 件の記録、合計 3 件" in await page(client, link.replace("&amp;", "&"))
    assert "あてはまるケースはありません" in await page(client, "/reporting/quality/cases")
    await page(client, "/reporting/quality/cases?rule=nothing", 404)
    await page(client, "/reporting/quality/late?fiscal_year=2025", 409)
    told = (await client.get("/reporting/api/quality?on=2026-08-01")).json()
    assert [one["id"] for one in told["cases"]] == [rule.id for rule in RULES]
    assert {one["id"]: one["count"] for one in told["consultations"]}["town"] == 3
    assert '"/reporting/quality"' in await page(client, "/reporting")


async def test_a_closed_year_is_named_in_both(client: Client) -> None:
    await send(client, "/reporting/years/2025/closing", edition="0")
    assert "令和7年度は令和8年11月23日に締めました（第1版）" in await page(
        client, "/reporting/return?fiscal_year=2025"
    )
    assert "/reporting/quality/late?fiscal_year=2025" in await page(client, "/reporting/quality")
    late = await page(client, "/reporting/quality/late?fiscal_year=2025")
    assert "あとから届いた記録はありません" in late
