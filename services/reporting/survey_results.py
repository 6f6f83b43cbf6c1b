"""What a survey says, as far as it may be shown, and what the facts show beside it (N-16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.reporting.desk import Desk
from services.reporting.domain.survey import Answered, Survey
from services.reporting.indicators import by_id
from services.reporting.pages.answer import GRADES
from services.reporting.publishing import HIDDEN
from services.reporting.read.figures import figures_of


@dataclass(frozen=True)
class Result:
    """One question: how many gave each answer, small numbers hidden."""

    item: str
    counts: list[int | str]
    answered: int


def results_of(desk: Desk, state: Survey, answers: Sequence[Answered]) -> list[Result]:
    """Below the city's limit of answers nothing is shown: who said what could be guessed."""
    smallest = desk.city.publication.smallest
    found = []
    for item in state.items:
        grades = Counter(one.grades[item] for one in answers if item in one.grades)
        total = sum(grades.values())
        counts: list[int | str] = [grades[grade] for grade, _ in GRADES]
        if 0 < total < smallest:
            counts = [HIDDEN] * len(GRADES)
        found.append(Result(desk.city.label("survey_items", item), counts, total))
    return found


def notes_of(desk: Desk, answers: Sequence[Answered]) -> list[str]:
    """In no order of arrival, and only among enough others."""
    if len(answers) < desk.city.publication.smallest:
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
