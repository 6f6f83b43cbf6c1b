"""①…⑩: how far a case is on the way of 多機関協働 (T-01 … T-10)."""

from __future__ import annotations

from datetime import date

from services.coordination.read.cases import CaseRow

_STEPS = ("受付", "申込", "同意", "会議", "プラン", "実行", "見直し", "終結")
_NOW = {
    "decide": 0,
    "keep-link": 0,
    "application": 1,
    "consent": 2,
    "support-meeting": 3,
    "meeting": 3,
    "plan": 4,
    "follow": 5,
    "review": 6,
    "keep-contact": 8,
    "resume": 8,
}


def steps_of(row: CaseRow, today: date) -> list[tuple[str, str]]:
    """Each step as done, now or next. A closed case has the resumption before it."""
    now = _NOW[row.next_step(today)]
    if row.phase == "open" and row.waiting_since:
        now = 0
    names = (*_STEPS, "再開・連携の継続")
    return [
        (name, "done" if nth < now else "now" if nth == now else "next")
        for nth, name in enumerate(names)
    ]
