"""What may be published: small numbers of persons are hidden, and nobody can compute them back.

A number from 1 to below the city's limit is hidden (`[publication] smallest`). Where the rest of
its row would give it away, the next smallest is hidden too, until at least two are hidden, together
they reach the limit, and more than one split of them is possible.

Every row (months, one part) adds up to the figure by itself, so rows are covered one by one. That
holds only while no row says something of another: a part that lies within another, or that another
indicator counts too, is not published at all (`Definition.unpublished`), and a part whose codes do
not add up to the figure is published whole or not at all (`Definition.apart`). Tables that cross
parts with months are not published either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.reporting.indicators import Definition
from services.reporting.read.figures import Figure, Number

HIDDEN = "＊"
"""Stands where a number is hidden."""


@dataclass(frozen=True)
class Table:
    """A figure as it may be shown. A cell is a number, None (not begun) or HIDDEN."""

    definition: Definition
    total: Number | str
    months: tuple[Number | str | None, ...]
    parts: Mapping[str, Mapping[str, Number | str]]
    """Part → code → the year's number."""


def whole(figure: Figure) -> Table:
    """For the inside of the city: nothing is hidden."""
    return Table(figure.definition, figure.series.total, figure.series.months, _parts(figure))


def published(figure: Figure, smallest: int) -> Table:
    """For everybody. Places, sessions and texts are no persons and stay as they are."""
    definition = figure.definition
    if figure.whole is not None and definition.within is not None:
        return _row_of(definition, figure, published(figure.whole, smallest))
    parts = _parts(figure)
    for part in definition.unpublished:
        parts[part] = {}
    if not definition.persons:
        return Table(definition, figure.series.total, figure.series.months, parts)
    if definition.per:
        return _average(figure, parts, smallest)
    total = figure.series.total
    if total and total < smallest:
        return _nothing(figure, parts)
    shown = {
        part: _whole_or_none(codes, total, smallest)
        if part in definition.apart
        else _covered_codes(codes, smallest)
        for part, codes in parts.items()
    }
    return Table(definition, total, tuple(covered(figure.series.months, smallest)), shown)


def _row_of(definition: Definition, figure: Figure, whole: Table) -> Table:
    """As it may be shown among the other parts; months of parts are not published."""
    codes = whole.parts[definition.within.part] if definition.within else {}
    code = definition.within.code if definition.within else ""
    total = codes.get(code, 0) if codes or whole.total == 0 else HIDDEN
    months = tuple(None if value is None else HIDDEN for value in figure.series.months)
    return Table(definition, total, months, {})


def covered(values: Sequence[Number | None], smallest: int) -> list[Number | str | None]:
    """A row whose sum is known, with what must not be known hidden."""
    hidden = {n for n, value in enumerate(values) if value and value < smallest}
    if hidden:
        others = sorted((value, n) for n, value in enumerate(values) if value and value >= smallest)
        for _, n in others:
            if _safe(values, hidden, smallest):
                break
            hidden.add(n)
        if _told_apart(values, hidden):  # each is 1: which months or codes, is all there is to hide
            hidden = {n for n, value in enumerate(values) if value is not None}
    return [HIDDEN if n in hidden else value for n, value in enumerate(values)]


def _safe(values: Sequence[Number | None], hidden: set[int], smallest: int) -> bool:
    enough = sum(values[at] or 0 for at in hidden) >= smallest
    return len(hidden) > 1 and enough and not _told_apart(values, hidden)


def _told_apart(values: Sequence[Number | None], hidden: set[int]) -> bool:
    """What is hidden is at least 1, so where the sum is their count, each is 1."""
    return sum(values[at] or 0 for at in hidden) == len(hidden)


def _nothing(figure: Figure, parts: Mapping[str, object]) -> Table:
    """So few that even when and of which kind would tell: four months with a mark are 1 each."""
    months = tuple(None if value is None else HIDDEN for value in figure.series.months)
    return Table(figure.definition, HIDDEN, months, {part: {} for part in parts})


def _average(figure: Figure, parts: dict[str, dict[str, Number]], smallest: int) -> Table:
    """An average of few persons, or of few things, tells of them: it is shown for the year alone.
    The codes of `per` say how much each of them weighs (`Definition.per`).
    """
    by = figure.parts[figure.definition.per]
    persons = sum(series.total for series in by.values())
    things = sum(int(code) * series.total for code, series in by.items())
    if any(number and number < smallest for number in (persons, things)):
        return _nothing(figure, parts)
    months = tuple(None if value is None else HIDDEN for value in figure.series.months)
    return Table(figure.definition, figure.series.total, months, dict(parts))


def _whole_or_none(
    codes: dict[str, Number], total: Number, smallest: int
) -> dict[str, Number | str]:
    """Neither who bears a code may be few, nor who does not."""
    told = [number for value in codes.values() for number in (value, total - value)]
    return {} if any(number and number < smallest for number in told) else dict(codes)


def _covered_codes(codes: dict[str, Number], smallest: int) -> dict[str, Number | str]:
    """Codes that nobody bears are in no list, so a row of marks alone could tell of each."""
    values = list(codes.values())
    cells = covered(values, smallest)
    hidden = {n for n, cell in enumerate(cells) if cell == HIDDEN}
    if hidden and not _safe(values, hidden, smallest):
        return {}
    return {code: HIDDEN if cell is None else cell for code, cell in zip(codes, cells, strict=True)}


def _parts(figure: Figure) -> dict[str, dict[str, Number]]:
    return {
        part: {code: series.total for code, series in codes.items()}
        for part, codes in figure.parts.items()
    }
