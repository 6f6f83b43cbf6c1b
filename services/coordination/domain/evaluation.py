"""評価と終結後: how far each goal was reached, what is shared when a case rests (T-07 … T-10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeAlias, assert_never
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.coordination.domain.case import Case, Phase, known
from shared.privacy.personal import Personal
from shared.sourcing.days import day_between
from shared.sourcing.decider import Decider, Event, Refused

Judgement: TypeAlias = Literal["end", "replan", "suspend"]
"""会議での判断: 終結, 再プランして継続, 中断."""
Reached: TypeAlias = Literal["achieved", "partly", "missed"]
"""達成, 一部達成, 未達成."""


class Verdict(BaseModel):
    """One goal of the plan, in its order."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    goal: str
    reached: Reached
    words: str = ""


class Evaluated(Event):
    """プランの評価. A correction is a second one; the first stays in the history."""

    case_id: UUID
    plan_id: UUID
    evaluated_on: date
    verdicts: Personal[tuple[Verdict, ...]] = None
    left: Personal[str] = None
    """残された課題."""
    edition: int = 1
    """Of this plan's evaluation."""
    changes: tuple[str, ...] = ()
    """見られた変化, codes of the city's list."""
    judgement: Judgement | None = None
    wishes: Personal[str] = None
    """本人の希望."""


class Shared(Event):
    """終結後の情報共有: what 主担当 and we told each other."""

    case_id: UUID
    sharing_id: UUID
    closure_id: UUID
    agency: str
    shared_on: date
    note: Personal[str] = None


AftercareEvent: TypeAlias = Evaluated | Shared


@dataclass(frozen=True)
class Aftercare:
    """Just big enough to decide."""

    evaluated: Mapping[UUID, Evaluated] = field(default_factory=dict)
    shared: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Finding:
    """What an evaluation says beside the verdict on each goal."""

    left: str = ""
    wishes: str = ""
    changes: Sequence[str] = ()
    judgement: Judgement | None = None


def edition_of(state: Aftercare, plan_id: UUID) -> int:
    """0 before the plan was evaluated."""
    now = state.evaluated.get(plan_id)
    return now.edition if now else 0


def evolve(state: Aftercare, event: AftercareEvent) -> Aftercare:
    match event:
        case Evaluated():
            edition = max(event.edition, edition_of(state, event.plan_id) + 1)
            event = event.model_copy(update={"edition": edition})
            return replace(state, evaluated={**state.evaluated, event.plan_id: event})
        case Shared():
            return replace(state, shared=state.shared | {event.sharing_id})
        case _:
            assert_never(event)


def evaluate(
    state: Aftercare,
    *,
    case: Case,
    plan_id: UUID,
    verdicts: Sequence[Verdict],
    found: Finding,
    edition: int,
    on: date,
    today: date,
) -> list[AftercareEvent]:
    """F-06: every goal of the plan that holds now, on top of the edition that was seen."""
    case_id = known(case)
    if case.plan_id is None or plan_id != case.plan_id:
        raise Refused("plan-not-current")
    if not verdicts:
        raise Refused("verdicts-missing")
    if on > today:
        raise Refused("day-in-future")
    now = edition_of(state, plan_id)
    evaluated = Evaluated(
        case_id=case_id,
        plan_id=plan_id,
        evaluated_on=on,
        verdicts=tuple(verdicts),
        left=found.left,
        edition=now,
        changes=tuple(dict.fromkeys(found.changes)),
        judgement=found.judgement,
        wishes=found.wishes or None,
    )
    if state.evaluated.get(plan_id) == evaluated:
        return []
    if edition != now:
        raise Refused("evaluation-changed")
    return [evaluated.model_copy(update={"edition": now + 1})]


def share(
    state: Aftercare,
    *,
    sharing_id: UUID,
    case: Case,
    agency: str,
    note: str,
    on: date,
    today: date,
) -> list[AftercareEvent]:
    """T-10: after the end 多機関協働 and 主担当 keep telling each other."""
    if sharing_id in state.shared:
        return []
    case_id = known(case)
    if case.phase is not Phase.CLOSED or case.closure_id is None:
        raise Refused("case-not-closed")
    if not note.strip():
        raise Refused("note-missing")
    day_between(on, today, since=case.since, otherwise="before-closure")
    return [
        Shared(
            case_id=case_id,
            sharing_id=sharing_id,
            closure_id=case.closure_id,
            agency=agency,
            shared_on=on,
            note=note.strip(),
        )
    ]


aftercare: Decider[Aftercare, AftercareEvent] = Decider(
    "aftercare", Aftercare(), evolve, (Evaluated, Shared)
)
