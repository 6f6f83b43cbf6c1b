"""What each indicator counts, and what it does not (domain 1.11)."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import BaseModel

from services.reporting.fold import COLUMNS, Folded, fiscal_month, fold
from services.reporting.heard import HEARD
from services.reporting.indicators import COMPUTED, Memory, by_id
from shared.bus.told import Told
from shared.contracts import community, coordination, intake, outreach, participation
from shared.contracts.fact import Fact
from tests.reporting.examples import (
    agreed,
    applied,
    attached,
    corrected,
    matched,
    met,
    put_right,
    received,
    recorded,
    registered,
    reopened,
    retired,
    reviewed,
    started,
    tell,
    tipped,
    withdrawn,
)

CONTRACTS = {
    "intake": intake,
    "community": community,
    "coordination": coordination,
    "outreach": outreach,
    "participation": participation,
}


def counted(*facts: Fact) -> Folded:
    folded = Folded()
    fold(tell(facts), Memory("C-08", frozenset({"neighbour"})), folded)
    return folded


def sums(indicator: str, *facts: Fact) -> dict[str, int]:
    """Parts of one indicator over all months; '' is the total."""
    found: dict[str, int] = {}
    for name, _version, _year, _month, dim, value, _facts in counted(*facts).values():
        if name == indicator:
            found[dim] = found.get(dim, 0) + value
    return found


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 31), (2025, 3)),
        (date(2026, 4, 1), (2026, 4)),
        (date(2027, 1, 1), (2026, 1)),
    ],
)
def test_a_fiscal_year_begins_in_april(day: date, expected: tuple[int, int]) -> None:
    assert fiscal_month(day) == expected


def test_q01_follows_the_rule_and_what_staff_put_right() -> None:
    beyond = received(counter="C-01", programme="1イ", beyond_field=True)
    plain = received(counter="C-04", programme="1ロ")
    parts = ("programme:1イ", "counter:C-01", "district:unknown")
    assert sums("Q-01", beyond, plain) == dict.fromkeys(("", *parts), 1)
    assert sums("Q-01", beyond, plain, reviewed(beyond=False)) == dict.fromkeys(("", *parts), 0)


def test_q02_counts_consultations_at_the_section_itself() -> None:
    facts = (received(), received(channel="phone"), received(counter="C-01"))
    assert sums("Q-02", *facts) == {
        "": 2,
        "channel:visit": 1,
        "channel:phone": 1,
        "source:self": 2,
        "age_band:40-64": 2,
        "district:unknown": 2,
        "catchment:unknown": 2,
    }


def test_attaching_a_consultation_to_a_known_case_changes_no_count() -> None:
    assert counted(received(), attached()).values() == counted(received()).values()


def test_q03_counts_each_kind_of_issue_once_per_consultation() -> None:
    facts = (received(issues=("i05", "i09", "i05")), received(issues=("i05",)), received(issues=()))
    assert sums("Q-03", *facts) == {
        "": 3,
        "issue:i05": 2,
        "issue:i09": 1,
        "district:unknown": 3,
        "catchment:unknown": 3,
    }


def test_q03_looks_at_the_same_consultations_as_q02() -> None:
    assert sums("Q-03", received(counter="C-01")) == {}


def test_q05_is_registered_minus_retired() -> None:
    facts = (registered(1), registered(2, "ibasho"), retired(1))
    assert sums("Q-05", *facts) == {"": 1, "kind:gathering": 0, "kind:ibasho": 1}
    assert sums("Q-05", *facts, reopened(1)) == {"": 2, "kind:gathering": 1, "kind:ibasho": 1}


def test_q05_follows_a_corrected_kind_and_leaves_the_total() -> None:
    facts = (registered(1), corrected(1, "ibasho"), corrected(1, "ibasho"))
    assert sums("Q-05", *facts) == {"": 1, "kind:gathering": 0, "kind:ibasho": 1}
    assert sums("Q-05", *facts, retired(1)) == {"": 0, "kind:gathering": 0, "kind:ibasho": 0}


def test_q06_q27_q29_count_one_each() -> None:
    for indicator, fact in (("Q-06", matched()), ("Q-27", started()), ("Q-29", applied())):
        found = sums(indicator, fact, fact)
        assert (found[""], found["district:unknown"]) == (2, 2)


def test_q06_takes_a_withdrawn_match_back_on_the_day_it_was_counted() -> None:
    assert sums("Q-06", matched(), matched(), withdrawn()) == {"": 1, "district:unknown": 1}
    months = {key[3]: value for *key, value, _facts in counted(matched(), withdrawn()).values()}
    assert months == {5: 0}, "May has none, and June was never told of one"


def test_q28_counts_tips_and_consultations_from_the_community() -> None:
    facts = (
        tipped("shop"),
        tipped("neighbour"),
        received(source="neighbour"),
        received(source="neighbour", counter="C-01"),
        received(source="self"),
    )
    assert sums("Q-28", *facts) == {
        "": 4,
        "by:tip": 2,
        "by:consultation": 2,
        "source:shop": 1,
        "source:neighbour": 3,
        "overlap:q02": 1,
        "counter:C-08": 1,
        "counter:C-01": 1,
        "district:unknown": 4,
        "catchment:unknown": 4,
    }


def test_q30_one_sitting_is_one_whatever_its_agenda() -> None:
    folded = counted(met("plan-meeting", 4), met("support-meeting"))
    notes = [row[COLUMNS.index("note")] for row in folded.rows]
    assert notes == ["議題 4 ケース", "議題のケース", "議題 1 ケース", "議題のケース"]
    assert sums("Q-30", met("plan-meeting", 4), met("support-meeting")) == {
        "": 2,
        "meeting:plan-meeting": 1,
        "meeting:support-meeting": 1,
        "agenda:plan-meeting": 4,
        "agenda:support-meeting": 1,
    }


def test_q31_shows_first_plans_and_re_plans_apart() -> None:
    facts = (agreed(1, participation=True), agreed(2), agreed(3, outreach=True))
    assert sums("Q-31", *facts) == {
        "": 3,
        "round:first": 1,
        "round:replan": 2,
        "counter:unknown": 3,
        "district:unknown": 3,
        "with:participation": 1,
        "with:outreach": 1,
    }


def test_a_fact_that_does_not_read_is_put_aside_and_the_others_count() -> None:
    good = tell([received()])[0]
    whole = Folded()
    fold([good], Memory("C-08"), whole)
    for data in (b"{}", b"not json", b'{"counter": 8}', b"\xff"):
        bad = Told(
            team=good.team,
            position=7,
            fact_id=good.fact_id,
            type=good.type,
            case_id=None,
            occurred_on=good.occurred_on,
            data=data,
            meta=b"{}",
            epoch=good.epoch,
        )
        folded = Folded()
        fold([bad, good], Memory("C-08"), folded)
        assert [told.position for told, _why in folded.unreadable] == [7]
        assert folded.values() == whole.values()


def test_what_reporting_reads_is_in_the_contracts() -> None:
    for (team, name), heard in HEARD.items():
        contract: type[BaseModel] = getattr(CONTRACTS[team], name)
        fields = set(heard.__struct_fields__)
        assert fields <= set(contract.model_fields), name
        required = {f for f in fields if contract.model_fields[f].is_required()}
        optional = set(heard.__struct_fields__[len(fields) - len(heard.__struct_defaults__) :])
        assert fields - optional <= required, name


def test_every_indicator_says_what_it_is() -> None:
    names = [definition.id for definition in COMPUTED]
    assert names == sorted(names), "in the order of the plan"
    assert len(set(names)) == len(names)
    for definition in COMPUTED:
        for said in (definition.term, definition.counts, definition.leaves_out):
            assert said.endswith("。"), f"{definition.id}: 用語, what it counts, what it does not"
        assert by_id(definition.id) is definition
        assert set(definition.observes) <= set(HEARD)
    assert by_id("Q-99") is None
    plan = {f"Q-{n:02d}" for n in range(1, 32)}
    assert set(names) == plan | {"Q-01a", "Q-01b", "Q-01c", "Q-01d"}, "X-24: four rows of Q-01"


@pytest.mark.parametrize(
    ("indicator", "fact", "expected"),
    [
        ("Q-07", recorded("leader-course", participants=12, newcomers=5), {"": 12}),
        ("Q-08", recorded("leader-pr", times=3), {"": 3}),
        (
            "Q-09",
            recorded("group-session", participants=9, newcomers=2),
            {"": 2, "activity:group-session": 2},
        ),
        ("Q-11", recorded("group-session", participants=9), {"": 9}),
        (
            "Q-12",
            recorded("ikiiki-call", calls_district=4, calls_individual=1),
            {"": 5, "measure:calls-district": 4, "measure:calls-individual": 1, "area:unknown": 5},
        ),
        ("Q-13", recorded("ikiiki-session", participants=20), {"": 20, "area:unknown": 20}),
        (
            "Q-14",
            recorded("ikiiki-session", participants=20, men=8, women=12),
            {"": 20, "measure:men": 8, "measure:women": 12},
        ),
        ("Q-15", recorded("coordinator-visit", visits=6), {"": 6}),
        ("Q-17", recorded("matching-visit", visits=2), {"": 2}),
        ("Q-18", recorded("phire-cooperation", story="祭り", times=2), {"": 2}),
        ("Q-19", recorded("phire-exchange", story="園芸"), {"": 1}),
        ("Q-24", recorded("parenting-volunteers", volunteers=4), {"": 4}),
        ("Q-26", recorded("hardship-place", story="学習の場", places=1), {"": 1}),
    ],
)
def test_what_a_record_of_an_activity_counts(
    indicator: str, fact: community.ActivityRecorded, expected: dict[str, int]
) -> None:
    assert sums(indicator, fact) == expected
    other = recorded("meeting", participants=20)
    assert sums(indicator, other) == {}
    assert sums(indicator, fact, put_right(fact)) == expected, "the same said again"
    assert not any(sums(indicator, fact, put_right(other)).values()), "it was another thing"


def test_a_correction_takes_away_where_it_was_counted_and_adds_where_it_belongs() -> None:
    """March belongs to the year before: both years are put right, and both say so."""
    wrong = recorded("coordinator-visit", date(2026, 4, 1), visits=40)
    right = put_right(recorded("coordinator-visit", date(2026, 3, 31), visits=4))
    months = {
        (year, month): value
        for name, _, year, month, dim, value, _ in counted(wrong, right).values()
        if (name, dim) == ("Q-15", "")
    }
    assert months == {(2026, 4): 0, (2025, 3): 4}


def test_q10_counts_the_groups_that_are_there() -> None:
    became = registered(1, "salon"), corrected(1, "exercise-group")
    assert sums("Q-10", *became) == {"": 1}
    assert sums("Q-10", *became, retired(1)) == {"": 0}
    again = reopened(1, "exercise-group")
    assert sums("Q-10", *became, retired(1), again) == {"": 1}
    assert sums("Q-10", registered(1, "salon"), retired(1)) == {}


def test_the_issues_of_a_person_are_an_average() -> None:
    ticked: tuple[tuple[str, ...], ...] = (("care", "debt", "care"), (), ("debt",))
    facts = [received(issues=issues) for issues in ticked]
    assert sums("Q-04", *facts) == {"": 3, "issues:0": 1, "issues:1": 1, "issues:2": 1}
