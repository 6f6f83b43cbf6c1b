"""プランのシート: what stands on it, in order, and what changed between two of them (4.4, F-06)."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict

PERSON, FAMILY = "person", "family"
"""Who does something when it is no agency: 本人, 家族."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Goal(_Part):
    """A problem and the goal that belongs to it; their order is their priority."""

    problem: str
    goal: str = ""


class Task(_Part):
    """支援内容: who does what for which problem, how often and until when."""

    who: str
    """`person`, `family`, or an agency of the city's list."""
    contact: str = ""
    what: str
    problem: int | None = None
    until: str = ""


class Sheet(_Part):
    """プラン as far as it is written; a draft may leave anything open."""

    aim: str = ""
    """長期目標."""
    goals: tuple[Goal, ...] = ()
    tasks: tuple[Task, ...] = ()
    contact_desk: str | None = None
    lead_agency: str | None = None
    """主担当 while the plan runs (4.4)."""
    participation: bool = False
    participation_text: str = ""
    outreach: bool = False
    outreach_text: str = ""
    emergency: str = ""
    begins_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None


Value: TypeAlias = object
Change: TypeAlias = tuple[str, int, Value, Value]
"""Field, line of it (0 when it has none), before, after."""


def agencies_of(sheet: Sheet) -> tuple[str, ...]:
    """Who of the tasks is an agency, each once."""
    return tuple(
        dict.fromkeys(one.who for one in sheet.tasks if one.who not in {"", PERSON, FAMILY})
    )


def changes(before: Sheet, after: Sheet) -> list[Change]:
    """Field by field, line by line, what another version says instead."""
    found: list[Change] = []
    for name in Sheet.model_fields:
        old, new = getattr(before, name), getattr(after, name)
        if isinstance(old, tuple):
            lines = range(1, max(len(old), len(new)) + 1)
            found += [(name, n, _line(old, n), _line(new, n)) for n in lines]
        else:
            found.append((name, 0, old, new))
    return [one for one in found if one[2] != one[3]]


def _line(lines: tuple[Value, ...], n: int) -> Value:
    return lines[n - 1] if n <= len(lines) else None
