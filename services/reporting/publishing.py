"""What may be published: small numbers of persons are hidden, and nobody can compute them back.

A number from 1 to below the city's limit is hidden (`[publication] smallest`). Where the rest of
its row would give it away, the next smallest is hidden too, until at least two are hidden and
together they reach the limit. Tables that cross parts with months are not published at all.
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
    if not figure.definition.persons:
        return whole(figure)
    if figure.definition.per:
        return _average(figure, smallest)
    total = figure.series.total
    if 0 < total < smallest:
        return Table(
            figure.definition,
            HIDDEN,
            tuple(HIDDEN if value else value for value in figure.series.months),
            {part: dict.fromkeys(codes, HIDDEN) for part, codes in _parts(figure).items()},
        )
    return Table(
        figure.definition,
        total,
        tuple(covered(figure.series.months, smallest)),
        _covered_parts(figure, smallest),
    )


def covered(values: Sequence[Number | None], smallest: int) -> list[Number | str | None]:
    """A row whose sum is known, with what must not be known hidden."""
    hidden = {n for n, value in enumerate(values) if value and 0 < value < smallest}
    if hidden:
        others = sorted((value, n) for n, value in enumerate(values) if value and value >= smallest)
        for _, n in others:
            if len(hidden) > 1 and sum(values[at] or 0 for at in hidden) >= smallest:
                break
            hidden.add(n)
    return [HIDDEN if n in hidden else value for n, value in enumerate(values)]


def _average(figure: Figure, smallest: int) -> Table:
    """An average of few persons tells of them: it is shown for the year, of enough of them."""
    parts = _parts(figure)
    persons = sum(parts[figure.definition.per].values())
    total = HIDDEN if 0 < persons < smallest else figure.series.total
    months = tuple(HIDDEN if value else value for value in figure.series.months)
    return Table(figure.definition, total, months, _covered_parts(figure, smallest))


def _covered_parts(figure: Figure, smallest: int) -> dict[str, dict[str, Number | str]]:
    shown: dict[str, dict[str, Number | str]] = {}
    for part, codes in _parts(figure).items():
        cells = covered(list(codes.values()), smallest)
        shown[part] = {
            code: HIDDEN if cell is None else cell for code, cell in zip(codes, cells, strict=True)
        }
    return shown


def _parts(figure: Figure) -> dict[str, dict[str, Number]]:
    return {
        part: {code: series.total for code, series in codes.items()}
        for part, codes in figure.parts.items()
    }
