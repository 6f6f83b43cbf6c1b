"""What a survey says, as far as it may be shown, and what the facts show beside it (N-16).

Nothing is shown while somebody can still answer: whoever looked before and after an answer would
know it. Afterwards a question is shown where enough agencies answered it and not all said the same;
small cells are hidden, and what they could be computed from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.reporting.desk import Desk
from services.reporting.domain.survey import Answered, Survey, is_over
from services.reporting.indicators import by_id
from services.reporting.pages.answer import GRADES
from services.reporting.publishing import HIDDEN, covered
from services.reporting.read.figures import figures_of


@dataclass(frozen=True)
class Result:
    """One question: how many gave each answer, small numbers hidden."""

    item: str
    counts: list[int | str]
    answered: int | str


def results_of(desk: Desk, state: Survey, answers: Sequence[Answered], today: date) -> list[Result]:
    """Once the round is over, question by question; before, none."""
    if not is_over(state, today):
        return []
    smallest = desk.city.publication.smallest
    found = []
    for item in state.items:
        grades = Counter(one.grades[item] for one in answers if item in one.grades)
        counts = [grades[grade] for grade, _ in GRADES]
        shown = said_by(counts, smallest)
        few = 0 < sum(counts) < smallest
        label = desk.city.label("survey_items", item)
        found.append(Result(label, shown, HIDDEN if few else sum(counts)))
    return found


def said_by(counts: Sequence[int], smallest: int) -> list[int | str]:
    """How many gave each answer, as far as it tells of nobody. Where all said the same, everybody's
    answer is known; where only one cell is left open, so is what the others did not say.
    """
    total = sum(counts)
    if total and (total < smallest or max(counts) == total):
        return [HIDDEN] * len(counts)
    cells = covered(counts, smallest)
    few = HIDDEN in cells
    return [
        HIDDEN if cell == HIDDEN or (few and not count) else count
        for cell, count in zip(cells, counts, strict=True)
    ]


def notes_of(desk: Desk, state: Survey, answers: Sequence[Answered], today: date) -> list[str]:
    """In no order of arrival, only among enough others, and once nobody can answer any more."""
    if not is_over(state, today) or len(answers) < desk.city.publication.smallest:
        return []
    return sorted(one.note for one in answers if one.note)


async def beside(desk: Desk, fiscal_year: int) -> list[tuple[str, str, str]]:
    """N-16: what was done, beside what was said."""
    known = [one for name in ("Q-01", "Q-30", "Q-28") if (one := by_id(name))]
    figures = await figures_of(desk.db, fiscal_year, desk.clock.today(), known)
    return [
        (
            one.definition.title,
            f"{one.series.total}{one.definition.unit}",
            f"/reporting/indicators/{one.definition.id}?fiscal_year={fiscal_year}",
        )
        for one in figures
    ]
