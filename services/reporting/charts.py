"""A figure as charts, its months and its parts, each with the year before (Altair).

An SVG without script: it stands on the page, in the printed report, and in black and white. Never
alone: the same numbers stand in a table beside it, and words say them (`in_words`).
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


MOST = 20
"""Bars in a chart of parts: the table beside it has all of them."""
Bars: TypeAlias = tuple[tuple[str, Number, Number], ...]
"""What a code is called, the year's number, the number of the year before."""


async def part_chart(bars: Bars, unit: str, label: str, former: str) -> str:
    """The codes of a part, the largest first; the year before stands as a stroke."""
    return await asyncio.to_thread(_drawn_parts, bars[:MOST], unit, label, former)


def parts_in_words(bars: Bars, unit: str) -> str:
    """The same for who does not see it."""
    return "、".join(
        f"{name} {now}{unit}（前年度 {then}{unit}）" for name, now, then in bars[:MOST]
    )


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


@lru_cache(maxsize=500)
def _drawn_parts(bars: Bars, unit: str, label: str, former: str) -> str:
    drawn: str = _drawer().vegalite_to_svg(_part_spec(bars, unit, label, former))
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
    ticks = alt.Axis(tickCount=5, format="~r", tickMinStep=1 if whole else 0.1, labelFontSize=12)
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


def _part_spec(bars: Bars, unit: str, label: str, former: str) -> dict[str, Any]:
    """Lying bars, because the names are long; numbers at their ends."""
    import altair as alt

    names = [name for name, _, _ in bars]
    rows = alt.InlineData(values=[{"name": n, "now": now, "then": then} for n, now, then in bars])
    axis = alt.Axis(labelLimit=220, labelFontSize=12)
    y = alt.Y("name:N", title=None, scale=alt.Scale(domain=names), axis=axis)
    x = alt.X("now:Q", title=unit, axis=alt.Axis(tickCount=5, format="~r", labelFontSize=12))
    base = alt.Chart(rows).encode(y=y)
    layers = [
        base.mark_bar(color=_BAR, stroke=_EDGE, size=16).encode(x=x),
        base.mark_text(align="left", dx=6, color=_INK, fontSize=12).encode(x=x, text="now:Q"),
    ]
    if any(then for _, _, then in bars):
        stroke = base.mark_tick(color=_INK, thickness=3, size=22)
        layers.insert(1, stroke.encode(x=alt.X("then:Q", title=unit)))
        label = f"棒 {label}　縦線 {former}"
    chart = alt.layer(*layers).properties(width=WIDTH - 180, height=26 * len(bars) + 10)
    chart = chart.properties(title=alt.TitleParams(label, anchor="end", fontSize=12))
    drawn: dict[str, Any] = chart.configure(font=_FONT).configure_view(stroke=None).to_dict()
    return drawn
