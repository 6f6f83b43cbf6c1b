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
from urllib.parse import urlencode

from services.reporting.asking import View
from services.reporting.desk import Desk
from services.reporting.domain.survey import (
    Answered,
    Interviewed,
    Survey,
    SurveyEvent,
    When,
    is_over,
    round_of,
    survey,
)
from services.reporting.indicators import by_id
from services.reporting.indicators.everywhere import EVERYWHERE
from services.reporting.indicators.exchange import EXCHANGE
from services.reporting.pages.answer import GRADES
from services.reporting.publishing import HIDDEN, covered
from services.reporting.read.figures import Figure, figures_of
from services.reporting.read.labels import code_label, title_of
from services.reporting.then import recorded_by

WHEN: dict[When, str] = {"start": "年度の初め", "end": "年度の終わり"}


@dataclass(frozen=True)
class Result:
    """One question: how many gave each answer, small numbers hidden."""

    item: str
    counts: list[int | str]
    answered: int | str


async def round_known(
    desk: Desk, fiscal_year: int, when: When, view: View
) -> tuple[Survey, list[SurveyEvent]]:
    """A round as it is, or as it was known on the day that was asked for."""
    history = await desk.surveys.history(round_of(fiscal_year, when))
    happened = recorded_by(history, view.on)
    return survey.fold(happened), happened


async def rounds_of(desk: Desk, fiscal_year: int, view: View) -> list[tuple[str, list[Result]]]:
    """Each round of the year under the same rule: nothing while somebody can still answer."""
    found = []
    for when, title in WHEN.items():
        state, history = await round_known(desk, fiscal_year, when, view)
        answers = [one for one in history if isinstance(one, Answered)]
        if results := results_of(desk, state, answers, view.today):
            found.append((title, results))
    return found


async def hearings_of(desk: Desk, fiscal_year: int, view: View) -> list[tuple[str, date, str]]:
    """Agency, day and what was heard, of both rounds: for those who decide, never published."""
    found = []
    for when in WHEN:
        for one in (await round_known(desk, fiscal_year, when, view))[1]:
            if isinstance(one, Interviewed):
                agency = desk.city.label("agencies", one.agency)
                found.append((agency, one.heard_on, one.note or ""))
    return found


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


@dataclass(frozen=True)
class Shown:
    """Something that was done, as often as the facts say, and where they stand."""

    title: str
    number: str
    href: str


@dataclass(frozen=True)
class Beside:
    """One question of the survey, and what the facts show of the same year."""

    item: str
    shown: list[Shown]


_EXCHANGED = {"L-01": ("referred", "escalated"), "L-02": ("asked", "answered")}
_FIGURES = {"L-01": ("Q-01",), "L-02": ("Q-30", "Q-31"), "L-03": ("Q-28",)}


async def beside(desk: Desk, view: View) -> list[Beside]:
    """N-16: what was done, beside what was said. L-01: who turned to others; L-02: what was asked
    and agreed together; L-03: who came from outside welfare.
    """
    names = sorted({name for named in _FIGURES.values() for name in named})
    known = [one for name in names if (one := by_id(name))]
    figures = await figures_of(
        desk.db, view.year, view.today, [*known, EXCHANGE, EVERYWHERE], view.known
    )
    by_name = {one.definition.id: one for one in figures}
    found = []
    for item in desk.city.codes("survey_items"):
        shown = [_part(desk, by_name["S-04"], view, [code]) for code in _EXCHANGED.get(item, ())]
        if item == "L-03":
            shown.append(_from_outside(desk, by_name["S-02"], view))
        shown += [_whole(desk, by_name[name], view) for name in _FIGURES.get(item, ())]
        if shown:
            found.append(Beside(desk.city.label("survey_items", item), shown))
    return found


def _part(desk: Desk, figure: Figure, view: View, codes: Sequence[str]) -> Shown:
    part = "between"
    title = "、".join(code_label(desk.city, part, code) for code in codes)
    return _opened(figure, view, title, part, codes)


def _from_outside(desk: Desk, figure: Figure, view: View) -> Shown:
    """L-03: by the city's list of 相談経路."""
    codes = [one.code for one in desk.city.sources if not one.welfare]
    said = "、".join(code_label(desk.city, "source", code) for code in codes)
    return _opened(figure, view, f"福祉のほかからの相談（{said}）", "source", codes)


def _opened(figure: Figure, view: View, title: str, part: str, codes: Sequence[str]) -> Shown:
    """A sum over codes of one part, opened to just those facts."""
    number = sum(one.total for code, one in figure.parts[part].items() if code in codes)
    asked = view.query | {"dim": f"{part}:{','.join(codes)}"}
    where = f"/reporting/indicators/{figure.definition.id}?{urlencode(asked)}#facts"
    return Shown(title, f"{number}{figure.definition.unit}", where)


def _whole(desk: Desk, figure: Figure, view: View) -> Shown:
    title, definition = title_of(desk.city, figure.definition), figure.definition
    where = f"/reporting/indicators/{definition.id}?{urlencode(view.query)}"
    return Shown(f"{definition.id} {title}", f"{figure.series.total}{definition.unit}", where)
