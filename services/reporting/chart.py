"""A bar chart of twelve months: numbers in, places on a plane out. The template draws the SVG.

No script and no style sheet is needed, it prints, and it is never alone: the same numbers stand in
a table beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.reporting.read.figures import MONTHS, Figure

WIDTH, HEIGHT = 760, 180
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 8, 24, 28
_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    """One month. `height` 0 and no value: it has not begun."""

    x: float
    y: float
    width: float
    height: float
    month: int
    value: float | None


@dataclass(frozen=True)
class Line:
    """A horizontal line of the scale."""

    y: float
    label: int


@dataclass(frozen=True)
class Chart:
    """Everything the template needs, in the units of the view box."""

    title: str
    description: str
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT


def chart_of(figure: Figure, title: str, year_label: str) -> Chart:
    """The chart of a figure, with the words a screen reader says instead of it."""
    values = figure.series.months
    top = scale_top(max((value for value in values if value is not None), default=0))
    plane = HEIGHT - _TOP - _BOTTOM
    slot = (WIDTH - _LEFT - _RIGHT) / 12
    bars = []
    for n, (month, value) in enumerate(zip(MONTHS, values, strict=True)):
        height = round(plane * max(value or 0, 0) / top, 1)
        x = round(_LEFT + n * slot + slot * 0.15, 1)
        bars.append(
            Bar(x, round(_TOP + plane - height, 1), round(slot * 0.7, 1), height, month, value)
        )
    ticks = sorted({0, top // 2 if top > 1 else 0, top})
    lines = tuple(Line(round(_TOP + plane - plane * tick / top, 1), tick) for tick in ticks)
    return Chart(f"{title}、{year_label}の月別", _in_words(figure), tuple(bars), lines)


def scale_top(largest: float) -> int:
    """The end of the scale: the next 1, 2 or 5 times a power of ten, so that it reads well."""
    power = 1
    while True:
        for step in _STEPS:
            if step * power >= largest and step * power > 1:
                return step * power
        power *= 10


def _in_words(figure: Figure) -> str:
    unit = figure.definition.unit
    said = [
        f"{month}月 {value}{unit}"
        for month, value in zip(MONTHS, figure.series.months, strict=True)
        if value is not None
    ]
    return "、".join(said) or "まだ始まっていない年度です"
