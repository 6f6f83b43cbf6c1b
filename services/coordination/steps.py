"""①…⑩ as the case page draws them: each step done, now or next. The way itself: `domain/way.py`."""

from __future__ import annotations

from datetime import date

from services.coordination.domain.way import STEPS, next_step
from services.coordination.read.cases import CaseRow


def steps_of(row: CaseRow, today: date) -> list[tuple[str, str]]:
    """Each step as done, now or next. ⑨ is done only by resuming."""
    now = next_step(row, today).nth
    return [(name, _state(nth, now)) for nth, name in enumerate(STEPS, 1)]


def _state(nth: int, now: int) -> str:
    if nth == now:
        return "now"
    return "done" if nth < now and nth != 9 else "next"
