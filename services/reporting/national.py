"""国への実績報告 (F-16): the city's rows, filled with our figures, each with where it comes from.

Pure but for the sums at the end. A row without a source stays empty: it is written by hand, and an
empty cell is no zero. A code that no row counts is shown where its list is first counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.reporting.indicators import Definition, by_id
from services.reporting.read.figures import Figure, Number
from services.reporting.read.labels import code_label, codes_of, list_of
from shared.sourcing.log import Connection
from shared.vocabulary.city import City
from shared.vocabulary.returns import ReturnRow


def faults_of(city: City) -> Iterator[str]:
    """Rows that name what is not there: with one of them the service does not start."""
    for row in city.national_return:
        for fault in _faults(city, row):
            yield f"national_return.toml: {row.code}: {fault}"


def _faults(city: City, row: ReturnRow) -> Iterator[str]:
    if row.source is None:
        return
    definition = by_id(row.source)
    if definition is None:
        yield f"source の {row.source} という指標はありません"
    elif row.part and row.part not in definition.parts:
        parts = "、".join(definition.parts) or "なし"
        yield f"part の {row.part} は {row.source} の内訳にありません (あるもの: {parts})"
    elif row.part and (known := codes_of(city, row.part)):
        for code in row.codes:
            if code not in known:
                yield f"codes の {code} が {list_of(row.part)} にありません"


@dataclass(frozen=True)
class Line:
    """One row of the return in one fiscal year."""

    row: ReturnRow
    definition: Definition | None
    """None: written by hand."""
    value: Number | None
    counted: tuple[tuple[str, Number], ...] = ()
    """Each code of ours in words, with its own number."""

    @property
    def dim(self) -> str:
        """What the facts behind the figure are asked by."""
        return f"{self.row.part}:{','.join(self.row.codes)}" if self.row.part else ""

    @property
    def names_codes(self) -> bool:
        """Is there more to say of the codes than that one is called like the row?"""
        return [label for label, _ in self.counted] not in ([], [self.row.label])

    @property
    def overlaps(self) -> bool:
        """Is the row less than its codes together? One thing may bear several of them."""
        return sum(number for _, number in self.counted) != (self.value if self.counted else 0)


@dataclass(frozen=True)
class Unmapped:
    """A code of ours that no row of the return counts."""

    definition: Definition
    part: str
    code: str
    label: str
    value: Number


@dataclass(frozen=True)
class Section:
    title: str
    lines: tuple[Line, ...]
    unmapped: tuple[Unmapped, ...]


def sources_of(rows: Iterable[ReturnRow]) -> list[Definition]:
    """The definitions that the rows name, each once."""
    named = dict.fromkeys(row.source for row in rows if row.source)
    return [one for one in map(by_id, named) if one is not None]


def rows_of(city: City, fiscal_year: int) -> list[ReturnRow]:
    """The layout of a fiscal year: what is in force on its last day."""
    last = date(fiscal_year + 1, 3, 31)
    return [row for row in city.national_return if row.holds(last)]


def sections_of(
    city: City,
    rows: Sequence[ReturnRow],
    figures: Mapping[str, Figure],
    together: Mapping[str, int],
    last: date,
) -> list[Section]:
    """In the order of the city's list. `together`: rows whose codes meet on one thing, by code."""
    sections: dict[str, list[ReturnRow]] = {}
    mapped: dict[tuple[str, str], set[str]] = {}
    first: dict[tuple[str, str], str] = {}
    for row in rows:
        sections.setdefault(row.section, []).append(row)
        if row.source and row.part:
            mapped.setdefault((row.source, row.part), set()).update(row.codes)
            first.setdefault((row.source, row.part), row.section)
    nowhere = [
        (first[source, part], one)
        for (source, part), codes in mapped.items()
        for one in _unmapped(city, figures[source], part, codes, last)
    ]
    return [
        Section(
            title,
            tuple(_line(city, row, figures, together) for row in listed),
            tuple(one for at, one in nowhere if at == title),
        )
        for title, listed in sections.items()
    ]


def _line(
    city: City, row: ReturnRow, figures: Mapping[str, Figure], together: Mapping[str, int]
) -> Line:
    figure = figures.get(row.source or "")
    if figure is None:
        return Line(row, None, None)
    if row.part is None:
        return Line(row, figure.definition, figure.series.total)
    counted = tuple(
        (code_label(city, row.part, code), _of_code(figure, row.part, code)) for code in row.codes
    )
    summed = sum(number for _, number in counted)
    return Line(row, figure.definition, together.get(row.code, summed), counted)


def _of_code(figure: Figure, part: str, code: str) -> Number:
    series = figure.parts[part].get(code)
    return series.total if series else 0


def _unmapped(
    city: City, figure: Figure, part: str, mapped: set[str], last: date
) -> Iterator[Unmapped]:
    """What the city's list has on that day, or was counted, and stands in no row."""
    for code in dict.fromkeys((*codes_of(city, part, last), *figure.parts[part])):
        if code not in mapped:
            label = code_label(city, part, code)
            yield Unmapped(figure.definition, part, code, label, _of_code(figure, part, code))


async def together_of(
    db: Connection, rows: Sequence[ReturnRow], fiscal_year: int, known: UUID
) -> dict[str, int]:
    """Rows of several codes of which one thing may bear more than one: each thing counted once."""
    asked = [(row, by_id(row.source or "")) for row in rows if len(row.codes) > 1]
    met = [(row, one) for row, one in asked if one and row.part in one.many]
    dims = ["\t".join(f"{row.part}:{code}" for code in row.codes) for row, _ in met]
    names, versions = [one.id for _, one in met], [one.version for _, one in met]
    codes = [row.code for row, _ in met]
    found = await db.fetch(_TOGETHER, codes, names, versions, dims, fiscal_year, known)
    return dict.fromkeys(codes, 0) | {row[0]: row[1] for row in found}


_TOGETHER = r"""
SELECT w.code, sum(o.number)::bigint
FROM unnest($1::text[], $2::text[], $3::int[], $4::text[]) AS w(code, indicator, version, dims)
JOIN observations o ON (o.indicator, o.version, o.fiscal_year) = (w.indicator, w.version, $5)
WHERE o.fact_id <= $6 AND o.dims && string_to_array(w.dims, E'\t')
GROUP BY w.code
"""
