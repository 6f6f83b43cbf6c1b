"""How the steps of cases answer the questions beyond the plan: one number per case or request, with
the step it was counted on, so that every answer opens to what is behind it. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias
from uuid import UUID

from services.reporting.fold import fiscal_month

SILENT_AFTER = 30
"""Days after a request to a helping team until it counts as silent, unless the city says else."""


WITHIN_A_DAY = (
    *("closed", "came-back", "escalated", "accepted", "returned", "reopened"),
    *("missed", "planned", "requested", "started", "gap-noted", "gap-filled", "gap-closed"),
)
"""Days have no hours, and teams number their facts apart: so steps of one day come in the order in
which work goes on. A case that ends and is taken up again within a day ended first.
"""
_RANK = {name: n for n, name in enumerate(WITHIN_A_DAY)}


class Step(NamedTuple):
    """One step of one case."""

    case_id: UUID | None
    name: str
    day: date
    thing: UUID | None = None
    code: str = ""


@dataclass(frozen=True)
class Rules:
    """What the city decides."""

    office: str
    """The counter that does 多機関協働."""
    today: date
    silent_after: int = SILENT_AFTER


class One(NamedTuple):
    """One counted case, request or need."""

    number: float
    """Days, or of a share 1 where it is one of those and 0 where not."""
    step: Step
    """On its day it counts."""
    since: Step | None = None
    """From where the days run."""


Counted: TypeAlias = dict[int, list[One]]
"""Fiscal year → what is counted in it."""


def by_case(steps: Sequence[Step]) -> Mapping[UUID, list[Step]]:
    """The steps of each case in the order in which they went."""
    found: dict[UUID, list[Step]] = {}
    for step in sorted(steps, key=lambda one: (one.day, _RANK[one.name])):
        if step.case_id is not None:
            found.setdefault(step.case_id, []).append(step)
    return found


def _add(into: Counted, step: Step, number: float, since: Step | None = None) -> None:
    into.setdefault(fiscal_month(step.day)[0], []).append(One(number, step, since))


def returned(steps: Sequence[Step], _cases: Mapping[UUID, list[Step]], _rules: Rules) -> Counted:
    """Of what was decided in the year, how much went back with the link kept."""
    decided: dict[UUID | None, Step] = {}
    for step in steps:
        if step.name in {"accepted", "returned"}:
            held = decided.get(step.thing)
            if held is None or (step.day, step.name) >= (held.day, held.name):
                decided[step.thing] = step
    found: Counted = {}
    for step in decided.values():
        _add(found, step, float(step.name == "returned"))
    return found


def to_plan(_steps: Sequence[Step], cases: Mapping[UUID, list[Step]], _rules: Rules) -> Counted:
    """Days from the escalation to the plan that followed it first."""
    found: Counted = {}
    for case in cases.values():
        since: Step | None = None
        for step in case:
            if step.name == "escalated" and since is None:
                since = step
            elif step.name == "planned" and since is not None:
                _add(found, step, (step.day - since.day).days, since)
                since = None
            elif step.name in {"returned", "closed"}:
                since = None
    return found


def silent(steps: Sequence[Step], _cases: Mapping[UUID, list[Step]], rules: Rules) -> Counted:
    """Of the requests of the year that had their time, those not begun in it."""
    begun = {step.thing: step.day for step in steps if step.name == "started"}
    found: Counted = {}
    for step in steps:
        if step.name != "requested":
            continue
        started = begun.get(step.thing)
        waited = ((started or rules.today) - step.day).days
        if started is not None or waited > rules.silent_after:
            _add(found, step, float(waited > rules.silent_after))
    return found


def to_resume(_steps: Sequence[Step], cases: Mapping[UUID, list[Step]], _rules: Rules) -> Counted:
    """Days from the first sign after the end (somebody came, or was escalated) to the resuming."""
    found: Counted = {}
    for case in cases.values():
        closed = False
        sign: Step | None = None
        for step in case:
            if step.name == "closed":
                closed, sign = True, None
            elif step.name in {"came-back", "escalated"} and closed and sign is None:
                sign = step
            elif step.name == "reopened":
                if sign is not None:
                    _add(found, step, (step.day - sign.day).days, sign)
                closed = False
    return found


def alone(_steps: Sequence[Step], cases: Mapping[UUID, list[Step]], rules: Rules) -> Counted:
    """Of the closings of the year, those another agency leads and that were not resumed since."""
    found: Counted = {}
    for case in cases.values():
        for nth, step in enumerate(case):
            if step.name == "closed":
                again = any(later.name == "reopened" for later in case[nth + 1 :])
                _add(found, step, float(step.code != rules.office and not again))
    return found


def missed(steps: Sequence[Step], _cases: Mapping[UUID, list[Step]], _rules: Rules) -> Counted:
    """Resources that meetings missed."""
    found: Counted = {}
    for step in steps:
        if step.name == "missed":
            _add(found, step, 1.0)
    return found


def filled(steps: Sequence[Step], _cases: Mapping[UUID, list[Step]], _rules: Rules) -> Counted:
    """Of the needs noted in the year, those for which there is a place now."""
    filled = {step.thing for step in steps if step.name == "gap-filled"}
    found: Counted = {}
    for step in steps:
        if step.name == "gap-noted":
            _add(found, step, float(step.thing in filled))
    return found


def days_to(end: str) -> Count:
    """From the day a need was noted to that step."""

    def days(steps: Sequence[Step], _cases: Mapping[UUID, list[Step]], _rules: Rules) -> Counted:
        noted = {step.thing: step for step in steps if step.name == "gap-noted"}
        found: Counted = {}
        for step in steps:
            if step.name == end and step.thing in noted:
                _add(found, step, (step.day - noted[step.thing].day).days, noted[step.thing])
        return found

    return days


Count: TypeAlias = Callable[[Sequence[Step], Mapping[UUID, list[Step]], Rules], Counted]
