"""データの質 (F-29): what a case's record lacks or has let pass, from the facts alone.

Pure. Every rule looks at the state of a case between two of its steps and says since when something
is amiss; after the city's days it is a finding. So one walk over the steps answers for today and
for every day before, and in whatever order facts arrive the answer is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from shared.vocabulary.entries import Deadlines

_DAY = timedelta(days=1)


class Step(NamedTuple):
    """One step of a case (S-01), or one change of its standing (S-03)."""

    case_id: UUID
    day: date
    source: str
    position: int
    name: str
    thing: UUID | None = None
    review_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """What is known of a case after some of its steps."""

    accepted: UUID | None = None
    open_since: date | None = None
    consents: frozenset[UUID] = frozenset()
    lapsed_on: date | None = None
    """The day on which the last valid consent was withdrawn."""
    planned_on: date | None = None
    agreed_with_consent: bool = True
    review_on: date | None = None
    placed: bool = True

    def after(self, step: Step) -> Standing:
        change = _CHANGES.get(step.name)
        return change(self, step) if change else self


def _accepted(was: Standing, step: Step) -> Standing:
    if was.open_since is not None:
        return was
    return replace(was, accepted=step.thing, open_since=step.day)


def _returned(was: Standing, step: Step) -> Standing:
    """What was accepted first and given back after all."""
    return replace(was, open_since=None) if step.thing == was.accepted else was


def _reopened(was: Standing, step: Step) -> Standing:
    """A plan of before the end is none any more."""
    return replace(was, open_since=step.day, planned_on=None, review_on=None)


def _closed(was: Standing, _step: Step) -> Standing:
    return replace(was, open_since=None, planned_on=None, review_on=None)


def _consented(was: Standing, step: Step) -> Standing:
    given = was.consents | {step.thing} if step.thing else was.consents
    return replace(was, consents=given, lapsed_on=None)


def _withdrawn(was: Standing, step: Step) -> Standing:
    left = was.consents - {step.thing} if step.thing else was.consents
    lapsed = step.day if was.consents and not left else was.lapsed_on
    return replace(was, consents=left, lapsed_on=lapsed)


def _planned(was: Standing, step: Step) -> Standing:
    return replace(
        was,
        planned_on=step.day,
        review_on=step.review_on,
        agreed_with_consent=bool(was.consents),
    )


_CHANGES: Mapping[str, Callable[[Standing, Step], Standing]] = {
    "accepted": _accepted,
    "returned": _returned,
    "reopened": _reopened,
    "closed": _closed,
    "consented": _consented,
    "withdrawn": _withdrawn,
    "planned": _planned,
    "placed": lambda was, _step: replace(was, placed=True),
    "unplaced": lambda was, _step: replace(was, placed=False),
}
NAMES = tuple(_CHANGES)
"""The steps that matter here."""


@dataclass(frozen=True)
class Rule:
    """One question to an open case."""

    id: str
    title: str
    said: str
    """The rule in words; `{days}` are the city's."""
    since: Callable[[Standing], date | None]
    """The day from which it is amiss; None: it is not."""
    days: Callable[[Deadlines], int] = lambda _deadlines: 0
    """How many days it may be so."""
    past: bool = True
    """True: the last of the days must have passed; False: it is amiss from the first day."""


def _no_consent(now: Standing) -> date | None:
    if now.open_since is None or now.consents:
        return None
    return max(now.open_since, now.lapsed_on or date.min)


def _no_plan(now: Standing) -> date | None:
    return now.open_since if now.planned_on is None else None


def _planned_without(now: Standing) -> date | None:
    return None if now.agreed_with_consent or now.open_since is None else now.planned_on


def _review_passed(now: Standing) -> date | None:
    return now.review_on if now.open_since is not None else None


def _no_district(now: Standing) -> date | None:
    return None if now.placed else now.open_since


RULES = (
    Rule(
        "no-consent",
        "同意のないケース",
        "受け付けてから、または同意が取り下げられてから{days}日を過ぎても、有効な同意のないケース。"
        "支援会議（社会福祉法第106条の6）だけで扱うケースも、ここに出る。"
        "同意の期限切れは知らせが来ないので数えない。",
        _no_consent,
        lambda deadlines: deadlines.consent,
    ),
    Rule(
        "planned-without-consent",
        "有効な同意がないまま決めたプラン",
        "最も新しいプランを決めた日に、有効な同意がなかった（取下げのあとを含む）ケース。",
        _planned_without,
        past=False,
    ),
    Rule(
        "no-plan",
        "プランのないケース",
        "受け付けてから、または再開してから{days}日を過ぎても、プランのないケース。"
        "支援会議の支援方針は知らせが来ないので、プランに数えない。",
        _no_plan,
        lambda deadlines: deadlines.plan,
    ),
    Rule(
        "review-passed",
        "見直しの日を過ぎたプラン",
        "次の見直しの日を過ぎても、新しいプランのないケース。"
        "プランを変えなかった見直しは知らせが来ないので、ここに残る。",
        _review_passed,
    ),
    Rule(
        "no-district",
        "担当地区の決まらないケース",
        "紹介にも、その後の依頼にも、地区担当保健師の地区がないケース。",
        _no_district,
        past=False,
    ),
)


class Spell(NamedTuple):
    """A time in which a case was a finding: from `begins` up to the day before `ends`."""

    rule: str
    case_id: UUID
    since: date
    begins: date
    ends: date

    def covers(self, day: date) -> bool:
        return self.begins <= day < self.ends


def spells_of(steps: Iterable[Step], deadlines: Deadlines) -> list[Spell]:
    """Every finding there ever was, in the order of the cases' days."""
    cases: dict[UUID, list[Step]] = {}
    for step in steps:
        cases.setdefault(step.case_id, []).append(step)
    return [spell for one in cases.values() for spell in _of_case(one, deadlines)]


def _of_case(steps: Sequence[Step], deadlines: Deadlines) -> Iterator[Spell]:
    """Days decide; within a day a case arrives before 多機関協働 works on it, in the order told."""
    ordered = sorted(
        steps,
        key=lambda one: (one.day, one.source == "coordination", one.source, one.position, one.name),
    )
    now = Standing()
    for nth, step in enumerate(ordered):
        now = now.after(step)
        ends = ordered[nth + 1].day if nth + 1 < len(ordered) else date.max
        for rule in RULES:
            since = rule.since(now)
            if since is None:
                continue
            begins = max(since + (rule.days(deadlines) + rule.past) * _DAY, step.day)
            if begins < ends:
                yield Spell(rule.id, step.case_id, since, begins, ends)


@dataclass(frozen=True)
class Finding:
    """One case that a rule finds today."""

    case_id: UUID
    since: date
    days: int


@dataclass(frozen=True)
class Found:
    """What one rule finds: the cases, the longest first, and how many there were before."""

    rule: Rule
    days: int
    """The city's days in force."""
    cases: tuple[Finding, ...]
    trend: tuple[tuple[date, int], ...]
    """At the end of each month, and today."""

    @property
    def said(self) -> str:
        return self.rule.said.format(days=self.days)


def found_by(spells: Sequence[Spell], deadlines: Deadlines, today: date) -> list[Found]:
    """Every rule as of a day."""
    of_rule: dict[str, list[Spell]] = {rule.id: [] for rule in RULES}
    for spell in spells:
        of_rule[spell.rule].append(spell)
    days = month_ends(today)
    return [
        Found(
            rule,
            rule.days(deadlines),
            tuple(_findings(of_rule[rule.id], today)),
            tuple((day, sum(one.covers(day) for one in of_rule[rule.id])) for day in days),
        )
        for rule in RULES
    ]


def _findings(spells: Sequence[Spell], today: date) -> list[Finding]:
    found = [
        Finding(one.case_id, one.since, (today - one.since).days)
        for one in spells
        if one.covers(today)
    ]
    return sorted(found, key=lambda one: (one.since, str(one.case_id)))


def month_ends(today: date, months: int = 6) -> list[date]:
    """The last days of the months before, then today."""
    found = [today]
    day = today.replace(day=1) - _DAY
    for _ in range(months - 1):
        found.insert(0, day)
        day = day.replace(day=1) - _DAY
    return found
