"""What people decided, as JSON: targets, closings, reviews (X-29, F-30, D-01, D-02)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from services.reporting.asking import RULE, FiscalYear, OnAsked, view_of
from services.reporting.closing import closings_of
from services.reporting.desk import Desk
from services.reporting.pages.closing import YearPath
from services.reporting.read.decided import targets_of
from services.reporting.then import reviews_known
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]


class TargetDecided(BaseModel):
    """An indicator without one stands in no list."""

    indicator: str
    baseline: float | None
    target: float | None
    set_on: date
    reason: str | None


class FigureSigned(BaseModel):
    indicator: str
    version: int
    value: float


class ClosingMade(BaseModel):
    """One edition, as it was signed; byte for byte in `signed.json`."""

    edition: int
    closed_on: date
    reason: str | None
    figures: list[FigureSigned]
    heads: dict[str, int]
    """How far each team's facts were counted."""
    signature: str
    key: str


class ReviewWritten(BaseModel):
    """What 福祉サービス連携推進会議 found of one programme."""

    programme: str
    label: str
    edition: int
    achieved: str
    issues: str
    measures: str


class ReviewsWritten(BaseModel):
    fiscal_year: int
    reviews: list[ReviewWritten]
    reported_on: date | None
    """When 地域保健福祉計画策定・推進委員会 heard of it."""
    note: str


@api.get("/targets", rule=RULE)
async def list_targets(
    desk: DeskHere, fiscal_year: FiscalYear = None, on: OnAsked = ""
) -> list[TargetDecided]:
    """As they stand, or as they stood on a day."""
    view = view_of(desk, fiscal_year, on)
    found = await targets_of(desk.db, view.year, view.on)
    return [
        TargetDecided(
            indicator=one.indicator,
            baseline=one.baseline,
            target=one.target,
            set_on=one.set_on,
            reason=one.reason,
        )
        for _, one in sorted(found.items())
    ]


@api.get("/years/{fiscal_year}/closings", rule=RULE)
async def list_closings(desk: DeskHere, fiscal_year: YearPath) -> list[ClosingMade]:
    """All editions, the newest first; none: the year is open."""
    return [
        ClosingMade(
            edition=one.edition,
            closed_on=one.closed_on,
            reason=one.reason,
            figures=[FigureSigned(**stated.model_dump()) for stated in one.figures],
            heads=dict(one.heads),
            signature=one.signature,
            key=one.key,
        )
        for one in await closings_of(desk, fiscal_year)
    ]


@api.get("/reviews", rule=RULE)
async def get_reviews(
    desk: DeskHere, fiscal_year: FiscalYear = None, on: OnAsked = ""
) -> ReviewsWritten:
    """As they stand, or as they stood on a day; in the city's order of programmes."""
    view = view_of(desk, fiscal_year, on)
    state = await reviews_known(desk, view.year, view.on)
    return ReviewsWritten(
        fiscal_year=view.year,
        reviews=[
            ReviewWritten(
                programme=code,
                label=desk.city.label("programmes", code),
                edition=state.editions[code],
                **vars(state.words[code]),
            )
            for code in desk.city.codes("programmes")
            if code in state.words
        ],
        reported_on=state.reported_on,
        note=state.note,
    )
