"""The twelve months of a figure as a chart, with the year before as a line (Altair).

An SVG without script: it stands on the page, in the printed report, and in black and white. Never
alone: the same numbers stand in a table beside it, and `in_words` says them.
"""

from __future__ import annotations

import asyncio
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, TypeAlias

from services.reporting.read.figures import MONTHS, Figure, Number, Series
from shared.paper.pdf import FONTS

WIDTH, HEIGHT = 640, 170
_FONT = "Noto Sans JP, Noto Sans CJK JP, Yu Gothic, Hiragino Sans, sans-serif"
"""Ours on paper; on the screen whatever the reader has."""
_INK, _BAR, _EDGE = "#1a1a1a", "#b9c6ff", "#0017c1"
"""Light bars with a dark edge: the line and the numbers stay legible without colours."""
Months: TypeAlias = tuple[Number | None, ...]


async def month_chart(figure: Figure, before: Series, label: str, former: str) -> str:
    """`label` and `former` are the two fiscal years in words. Some hundredths of a second the first
    time; the same numbers again cost nothing.
    """
    months = (figure.series.months, before.months)
    return await asyncio.to_thread(_drawn, *months, figure.definition.unit, label, former)


def in_words(figure: Figure) -> str:
    """The chart for who does not see it."""
    unit = figure.definition.unit
    said = [
        f"{month}月 {value}{unit}"
        for month, value in zip(MONTHS, figure.series.months, strict=True)
        if value is not None
    ]
    return "、".join(said) or "まだ始まっていない年度です"


@lru_cache(maxsize=500)
def _drawn(months: Months, before: Months, unit: str, label: str, former: str) -> str:
    drawn: str = _drawer().vegalite_to_svg(_spec(months, before, unit, label, former))
    return drawn


@cache
def _drawer() -> Any:
    """With the fonts of our wheels: a host without Japanese fonts would draw empty boxes."""
    import vl_convert

    for package in FONTS:
        vl_convert.register_font_directory(str(files(package)))
    return vl_convert


def _spec(months: Months, before: Months, unit: str, label: str, former: str) -> dict[str, Any]:
    """Bars for the year with their numbers, a dashed line for the year before."""
    import altair as alt

    names = [f"{month}月" for month in MONTHS]
    whole = all(value is None or isinstance(value, int) for value in (*months, *before))
    ticks = alt.Axis(tickCount=5, format="~g", tickMinStep=1 if whole else 0.1, labelFontSize=12)
    x = alt.X(
        "month:N",
        title=None,
        scale=alt.Scale(domain=names),
        axis=alt.Axis(labelAngle=0, labelFontSize=12),
    )
    y = alt.Y("value:Q", title=unit, axis=ticks)
    bars = alt.Chart(_rows(names, months, label)).encode(x=x, y=y)
    line = alt.Chart(_rows(names, before, former)).encode(x=x, y=y)
    numbers = bars.mark_text(dy=-6, color=_INK, fontSize=12).encode(text="value:Q")
    layers = [bars.mark_bar(color=_BAR, stroke=_EDGE, size=28), numbers]
    if any(before):
        dashes = line.mark_line(color=_INK, strokeDash=[4, 3], point={"color": _INK, "size": 20})
        layers.append(dashes)
    title = f"棒 {label}　点線 {former}" if any(before) else label
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    chart = chart.properties(title=alt.TitleParams(title, anchor="end", fontSize=12))
    drawn: dict[str, Any] = chart.configure(font=_FONT).configure_view(stroke=None).to_dict()
    return drawn


def _rows(names: list[str], values: Months, year: str) -> Any:
    import altair as alt

    rows = [
        {"month": name, "value": value, "year": year}
        for name, value in zip(names, values, strict=True)
        if value is not None
    ]
    return alt.InlineData(values=rows)
