"""What is published of a year lets nobody compute a number that is hidden (F-15).

All that could be written down as an equation between the numbers of a year is written down here,
and an attacker solves it: by elimination, and by what is left between the largest and the smallest.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.reporting.fold import Folded, fold
from services.reporting.indicators import Memory, by_id
from services.reporting.publishing import HIDDEN, Table, published
from services.reporting.read.figures import Figure, collected
from shared.contracts.intake import ConsultationReceived
from tests.reporting.examples import received, tell, tipped

SMALLEST = 5
LINKED = ("Q-01", "Q-02", "Q-03", "Q-04", "Q-28")
PROGRAMMES = {
    "C-01": "1イ",
    "C-02": "1イ",
    "C-03": "1イ",
    "C-04": "1ロ",
    "C-05": "1ハ",
    "C-08": None,
}
PLACES = {"district": ("d1", "d2", "unknown"), "catchment": ("c1", "unknown")}
CODES: dict[str, dict[str, tuple[str, ...]]] = {
    "Q-01": {
        "programme": ("1イ", "1ロ", "1ハ"),
        "counter": tuple(sorted(PROGRAMMES)),
        "district": PLACES["district"],
    },
    "Q-02": {
        "channel": ("visit", "phone"),
        "source": ("self", "neighbour", "volunteer"),
        "age_band": ("40-64", "75+"),
    }
    | PLACES,
    "Q-03": {"issue": ("i05", "i09", "i31", "i32")} | PLACES,
    "Q-04": {"issues": tuple(map(str, range(6)))},
    "Q-28": {
        "by": ("tip", "consultation"),
        "source": ("neighbour", "volunteer"),
        "overlap": ("q02",),
        "counter": tuple(sorted(PROGRAMMES)),
    }
    | PLACES,
}
"""All that there can be: what nobody bears is on no list, and so might be anything."""
MARGINS = (
    *("month", "programme", "counter", "channel", "age_band", "issue", "by", "source"),
    *("district", "catchment"),
)
Cell: TypeAlias = tuple[str, str]
"""Indicator and `month:5`, `issue:i05` or, for its total, nothing."""
Equation: TypeAlias = tuple[dict[Cell, int], int]
"""Weights and what they add up to."""

consultations = st.builds(
    lambda counter, month, channel, source, issues, beyond, district: received(
        date(2026, month, 7),
        counter=counter,
        channel=channel,
        source=source,
        issues=tuple(issues),
        programme=PROGRAMMES[counter],
        nurse_district=district,
        catchment=district and "c1",
        beyond_field=beyond and PROGRAMMES[counter] is not None,
    ),
    st.sampled_from(sorted(PROGRAMMES)),
    st.sampled_from((4, 5, 6)),
    st.sampled_from(("visit", "phone")),
    st.sampled_from(("self", "neighbour", "volunteer")),
    st.sets(st.sampled_from(("i05", "i09", "i31"))),
    st.booleans(),
    st.sampled_from(("d1", "d2", None)),
)


def figures(facts: list[Any]) -> list[Figure]:
    folded = Folded()
    fold(tell(facts), Memory("C-08", frozenset({"neighbour", "volunteer"})), folded)
    within = [
        (name, version, dim, month, value)
        for name, version, _, month, dim, value, _ in folded.values()
    ]
    asked = [one for name in LINKED if (one := by_id(name))]
    return collected(asked, 2026, date(2027, 4, 1), within, [])


def truth_of(figure: Figure) -> dict[Cell, int]:
    """Every number there is, published or not."""
    name = figure.definition.id
    cells: dict[Cell, int] = {
        (name, f"{part}:{code}"): 0 for part, codes in CODES[name].items() for code in codes
    }
    cells |= {
        (name, f"{part}:{code}"): int(series.total)
        for part, codes in figure.parts.items()
        for code, series in codes.items()
    }
    if not figure.definition.per:
        cells[name, ""] = int(figure.series.total)
        for n, value in enumerate(figure.series.months):
            cells[name, f"month:{n}"] = int(value or 0)
    return cells


def said_by(table: Table) -> dict[Cell, int]:
    """What a reader of the publication sees."""
    name, seen = table.definition.id, dict[Cell, int]()
    for part, codes in table.parts.items():
        for code in CODES[name].get(part, ()) if codes else ():
            value = codes.get(code, 0)
            if isinstance(value, int):
                seen[name, f"{part}:{code}"] = value
    if isinstance(table.total, int):
        seen[name, ""] = table.total
    for n, month in enumerate(table.months):
        if isinstance(month, int):
            seen[name, f"month:{n}"] = month
    return seen


def equations_of(truth: Mapping[Cell, int]) -> list[Equation]:
    """What everybody knows of how the numbers hang together."""
    rows: list[dict[Cell, int]] = []
    for name in LINKED:
        for part in MARGINS:
            codes = {
                cell: 1 for cell in truth if cell[0] == name and cell[1].startswith(f"{part}:")
            }
            # A tip comes to no counter.
            if codes and (name, "") in truth and (name, part) != ("Q-28", "counter"):
                rows.append({**codes, (name, ""): -1})
    for programme in set(PROGRAMMES.values()):
        inside = {
            ("Q-01", f"counter:{counter}"): 1
            for counter, of in PROGRAMMES.items()
            if of == programme and ("Q-01", f"counter:{counter}") in truth
        }
        if inside:
            rows.append({**inside, ("Q-01", f"programme:{programme}"): -1})
    weights = {cell: int(cell[1].split(":")[1]) for cell in truth if cell[1].startswith("issues:")}
    rows.append({**dict.fromkeys(weights, 1), ("Q-02", ""): -1})
    rows.append({**weights, ("Q-03", ""): -1})
    if ("Q-28", "overlap:q02") in truth:
        both = {
            cell: 1
            for cell in truth
            if cell in {("Q-02", "source:neighbour"), ("Q-02", "source:volunteer")}
        }
        rows.append({**both, ("Q-28", "overlap:q02"): -1})
    return [(row, 0) for row in rows]


def solved(equations: list[Equation], seen: Mapping[Cell, int]) -> dict[Cell, Fraction]:
    """What elimination tells of the cells that are not seen."""
    unknown = sorted({cell for row, _ in equations for cell in row if cell not in seen})
    rows = [
        [
            *(Fraction(row.get(cell, 0)) for cell in unknown),
            Fraction(right - sum(n * seen[cell] for cell, n in row.items() if cell in seen)),
        ]
        for row, right in equations
    ]
    done = 0
    for column in range(len(unknown)):
        pivot = next((n for n in range(done, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][column] for value in rows[done]]
        for n, row in enumerate(rows):
            if n != done and row[column]:
                rows[n] = [a - row[column] * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    found = {}
    for row in rows[:done]:
        if sum(map(bool, row[:-1])) == 1:
            found[unknown[next(n for n, value in enumerate(row) if value)]] = row[-1]
    return found


def bounded(
    equations: list[Equation], seen: Mapping[Cell, int], marked: set[Cell]
) -> dict[Cell, tuple[int, int]]:
    """What is left between at most and at least; a marked number is at least 1."""
    most = 10_000
    bounds = {cell: (int(cell in marked), most) for row, _ in equations for cell in row}
    bounds |= {cell: (value, value) for cell, value in seen.items()}
    for _ in range(4):
        for row, right in equations:
            for cell, weight in row.items():
                if not weight:
                    continue
                ends = [
                    (n * bounds[at][0], n * bounds[at][1]) for at, n in row.items() if at != cell
                ]
                low = right - sum(max(pair) for pair in ends)
                high = right - sum(min(pair) for pair in ends)
                lo, hi = sorted((Fraction(low, weight), Fraction(high, weight)))
                now = bounds[cell]
                bounds[cell] = (max(now[0], -int(-lo // 1)), min(now[1], int(hi // 1)))
    return bounds


def tips(number: int) -> list[Any]:
    return [tipped("neighbour") for _ in range(number)]


def beyond(counter: str, number: int) -> list[ConsultationReceived]:
    programme = PROGRAMMES[counter]
    return [
        received(counter=counter, programme=programme, beyond_field=True) for _ in range(number)
    ]


COUNTEREXAMPLE = [
    *(beyond("C-01", 5) + beyond("C-02", 9) + beyond("C-03", 6)),
    *(beyond("C-04", 3) + beyond("C-05", 6)),
]


@settings(max_examples=50, deadline=None)
@given(st.lists(consultations, max_size=70).map(list), st.integers(0, 9).map(tips))
@example(COUNTEREXAMPLE, [])
def test_no_hidden_number_can_be_solved(asked: list[Any], noticed: list[Any]) -> None:
    counted = figures([*asked, *noticed])
    truth = {cell: value for one in counted for cell, value in truth_of(one).items()}
    tables = [published(one, SMALLEST) for one in counted]
    seen = {cell: value for table in tables for cell, value in said_by(table).items()}
    assert all(truth[cell] == value for cell, value in seen.items())
    small = {cell for cell, value in truth.items() if 0 < value < SMALLEST}
    assert not small & seen.keys(), "shown"
    equations = equations_of(truth)
    # Codes that are on no list are not known to be anything; those with a mark are at least 1.
    marked = {
        (table.definition.id, f"{part}:{code}")
        for table in tables
        for part, codes in table.parts.items()
        for code, value in codes.items()
        if value == HIDDEN
    }
    found = solved(equations, seen)
    assert not small & found.keys(), "solved"
    bounds = bounded(equations, seen, marked)
    told = {cell for cell in small if cell in bounds and bounds[cell][0] == bounds[cell][1]}
    assert not told, "nothing else is possible"


def test_a_field_of_q01_is_shown_as_among_the_others() -> None:
    folded = Folded()
    fold(tell(COUNTEREXAMPLE), Memory("C-08"), folded)
    within = [(one, v, dim, month, n) for one, v, _, month, dim, n, _ in folded.values()]
    asked = [one for name in ("Q-01a", "Q-01b", "Q-01d") if (one := by_id(name))]
    found = collected(asked, 2026, date(2027, 4, 1), within, [])
    assert [one.series.total for one in found] == [20, 3, 0]
    tables = [published(one, SMALLEST) for one in found]
    assert [one.total for one in tables] == [20, HIDDEN, 0]
    assert {month for one in tables for month in one.months} == {HIDDEN}


def test_the_breakdowns_that_gave_numbers_away_are_left_out() -> None:
    [q01, *_] = [published(one, SMALLEST) for one in figures(COUNTEREXAMPLE)]
    assert q01.total == 29
    assert q01.parts["programme"] == {"1イ": 20, "1ハ": HIDDEN, "1ロ": HIDDEN}
    assert q01.parts["counter"] == {}


def test_a_small_year_does_not_say_in_which_months() -> None:
    """Four months with a mark and less than five in all would be one each."""
    spread = [received(date(2026, month, 7), issues=()) for month in (4, 5, 6, 7)]
    [_, q02, *_] = [published(one, SMALLEST) for one in figures(spread)]
    assert (q02.total, set(q02.months), q02.parts["channel"]) == (HIDDEN, {HIDDEN}, {})
