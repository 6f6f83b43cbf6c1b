"""事業の検証の画面: each programme in words, and the report to the committee (D-01, D-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response
from pydantic import BaseModel, Field

from services.reporting.asking import (
    DECIDE,
    RULE,
    FiscalYear,
    OnAsked,
    View,
    running_year,
    view_of,
)
from services.reporting.desk import Desk
from services.reporting.domain.review import Reviews, Words, report, review, review_stream
from services.reporting.messages import messages
from services.reporting.read.figures import fiscal_years
from services.reporting.read.labels import year_label
from services.reporting.then import reviews_known
from shared.sourcing.decider import Refused
from shared.vocabulary.entries import Plan
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]
YearPath = Annotated[int, Path(ge=2000, le=2100)]
Text = Annotated[str, Field(max_length=4000)]


class ReviewForm(BaseModel):
    """事業の検証."""

    edition: int = Field(0, ge=0, title="見ていた版")
    on: date = Field(title="検証した日")
    achieved: Text = Field("", title="達成したこと")
    issues: Text = Field("", title="課題")
    measures: Text = Field("", title="次年度の取組")


class ReportForm(BaseModel):
    """委員会への報告."""

    on: date = Field(title="報告した日")
    note: Text = Field("", title="委員会の意見")


@dataclass(frozen=True)
class ReviewsPage:
    fiscal_year: int
    year: str
    years: list[tuple[int, str]]
    programmes: list[tuple[str, str]]
    state: Reviews
    former: Reviews
    """Of the year before: its measures are what this year was to do."""
    form: Form[Any]
    may_decide: bool
    view: View
    plan: Plan | None
    """Which edition of the city's plan is reviewed (P-02)."""


@dataclass(frozen=True)
class ReviewPage:
    fiscal_year: int
    year: str
    programme: tuple[str, str]
    former: str
    form: Form[Any]
    theirs: Words | None
    """What a colleague wrote meanwhile."""


@pages.get("/reviews", rule=RULE)
async def list_reviews(
    request: Request, desk: DeskHere, fiscal_year: FiscalYear = None, on: OnAsked = ""
) -> Response:
    view = view_of(desk, fiscal_year, on)
    return await _show(request, desk, view, blank(ReportForm, on=desk.clock.today()))


@pages.post("/reviews/{fiscal_year}/report", rule=DECIDE)
async def create_report(request: Request, fiscal_year: YearPath, desk: DeskHere) -> Response:
    form = await read_form(request, ReportForm)
    if form.value is not None:
        try:
            await desk.reviews.act(
                review_stream(fiscal_year),
                report,
                fiscal_year=fiscal_year,
                note=form.value.note,
                on=form.value.on,
                today=desk.clock.today(),
            )
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            there = f"/reporting/reviews?fiscal_year={fiscal_year}"
            return see_other(there, said="委員会への報告を記録しました。")
    return await _show(request, desk, view_of(desk, fiscal_year), form)


@pages.get("/reviews/{fiscal_year}/{programme}", rule=DECIDE)
async def edit_review(
    request: Request, fiscal_year: YearPath, programme: str, desk: DeskHere
) -> Response:
    state = await desk.reviews.state(review_stream(fiscal_year))
    held = state.words.get(programme)
    known = vars(held) if held else {}
    form = blank(
        ReviewForm, edition=state.editions.get(programme, 0), on=desk.clock.today(), **known
    )
    return await _edit(request, desk, fiscal_year, programme, form)


@pages.post("/reviews/{fiscal_year}/{programme}", rule=DECIDE)
async def create_review(
    request: Request, fiscal_year: YearPath, programme: str, desk: DeskHere
) -> Response:
    form = await read_form(request, ReviewForm)
    if form.value is not None:
        asked = form.value
        try:
            await desk.reviews.act(
                review_stream(fiscal_year),
                review,
                fiscal_year=fiscal_year,
                programme=desk.city.listed("programmes", programme, "programme"),
                edition=asked.edition,
                words=Words(asked.achieved, asked.issues, asked.measures),
                on=asked.on,
                today=desk.clock.today(),
            )
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            there = f"/reporting/reviews?fiscal_year={fiscal_year}"
            return see_other(there, said="検証を記録しました。")
    return await _edit(request, desk, fiscal_year, programme, form)


async def _edit(
    request: Request, desk: Desk, fiscal_year: int, programme: str, form: Form[Any]
) -> Response:
    code = desk.city.listed("programmes", programme, "programme")
    former = await desk.reviews.state(review_stream(fiscal_year - 1))
    before = former.words.get(code)
    theirs = None
    if form.status == 409:
        state = await desk.reviews.state(review_stream(fiscal_year))
        theirs = state.words.get(code)
        seen = str(state.editions.get(code, 0))
        form = Form(form.model, None, {**form.typed, "edition": [seen]}, form.errors, form.status)
    page = ReviewPage(
        fiscal_year,
        year_label(fiscal_year),
        (code, desk.city.label("programmes", code)),
        before.measures if before else "",
        form,
        theirs,
    )
    return render(request, "review.html", page, status=form.status)


async def _show(request: Request, desk: Desk, view: View, form: Form[Any]) -> Response:
    """As it is, or as it had been written down by the day that was asked for."""
    running, known = running_year(view.today), await fiscal_years(desk.db, view.today)
    years = {running, running - 1, running - 2, view.year, *known}
    page = ReviewsPage(
        view.year,
        year_label(view.year),
        [(one, year_label(one)) for one in sorted(years, reverse=True)],
        desk.city.choices("programmes", view.today),
        await reviews_known(desk, view.year, view.on),
        await reviews_known(desk, view.year - 1, view.on),
        form,
        view.on is None and request.state.staff.role in DECIDE.roles,
        view,
        desk.city.plan,
    )
    return render(request, "reviews.html", page, status=form.status)
