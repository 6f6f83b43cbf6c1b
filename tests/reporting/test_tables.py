"""The tables on a real PostgreSQL: in step with the fold, whatever the batches, rebuilt to the same
rows.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import asyncpg
import msgspec
import pytest

from services.reporting.fold import Folded, fold
from services.reporting.indicators import COMPUTED, Definition, Memory, by_id
from services.reporting.read.behind import Asked, facts_behind
from services.reporting.read.figures import Figure, figures_of, fiscal_years, months_begun
from services.reporting.read.known import NOW
from services.reporting.read.labels import TEAMS
from services.reporting.rebuild import Hole, NoWayBack, go_back, pages_of, rebuild
from services.reporting.tables import apply_batch
from shared.bus.told import FeedFact, Page, Told
from shared.sourcing.decider import Refused
from shared.sourcing.log import Connection
from tests.reporting.examples import (
    CASE,
    EPOCH,
    a_year,
    received,
    tell,
)

TODAY = date(2026, 11, 23)
VALUES = "SELECT indicator, version, fiscal_year, month, dim, value, facts FROM indicator_values"
DAYS = "SELECT source, day FROM last_days"
ROWS = "SELECT * FROM observations"


async def everything(db: Connection) -> list[list[tuple[object, ...]]]:
    """The tables as they are."""
    return [sorted(map(tuple, await db.fetch(sql)), key=repr) for sql in (VALUES, ROWS, DAYS)]


async def apply(db: Connection, told: Sequence[Told], size: int) -> None:
    for start in range(0, len(told), size):
        async with db.transaction():
            await apply_batch(db, list(told[start : start + size]), Memory("C-08"))


async def pages(told: Sequence[Told], size: int = 3) -> AsyncIterator[Sequence[Told]]:
    for start in range(0, len(told), size):
        yield told[start : start + size]


def definition(indicator: str) -> Definition:
    found = by_id(indicator)
    assert found is not None
    return found


async def figure(db: Connection, indicator: str, year: int = 2026) -> Figure:
    return (await figures_of(db, year, TODAY, [definition(indicator)]))[0]


@pytest.mark.parametrize("size", [1, 2, 5, 100])
async def test_batches_of_any_size_give_what_the_fold_gives(db: Connection, size: int) -> None:
    folded = Folded()
    fold(a_year(), Memory("C-08"), folded)
    await apply(db, a_year(), size)
    values = await db.fetch(f"{VALUES} ORDER BY 1, 2, 3, 4, 5")
    assert list(map(tuple, values)) == folded.values()
    assert await db.fetchval("SELECT count(*) FROM observations") == len(folded.rows)


async def test_the_monthly_table_is_the_sum_of_the_observations(db: Connection) -> None:
    await apply(db, a_year(), 4)
    again = await db.fetch("""
        SELECT indicator, version, fiscal_year, extract(month FROM day)::int, dim,
               sum(number), count(*)
        FROM observations,
             unnest(CASE WHEN whole THEN dims || '{""}' ELSE dims END) AS dim
        GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
    """)
    values = await db.fetch(f"{VALUES} ORDER BY 1, 2, 3, 4, 5")
    assert list(map(tuple, values)) == list(map(tuple, again))


async def test_a_batch_applied_twice_breaks_loudly_and_changes_nothing(db: Connection) -> None:
    await apply(db, a_year(), 100)
    before = await everything(db)
    with pytest.raises(asyncpg.UniqueViolationError):
        await apply(db, a_year(), 100)
    assert await everything(db) == before


async def test_a_rebuild_gives_the_same_rows_and_moves_the_positions(db: Connection) -> None:
    await apply(db, a_year(), 3)
    live = await everything(db)
    done = await rebuild(db, pages(a_year()), Memory("C-08"))
    assert await everything(db) == live
    assert done.facts == len(a_year())
    consumed = await db.fetch("SELECT source, position, epoch FROM consumed ORDER BY source")
    assert [tuple(row) for row in consumed] == [
        (team, position, EPOCH) for team, position in sorted(done.positions.items())
    ]
    more = tell([received()])[0]
    await apply(db, [replace(more, position=99, fact_id=UUID(int=99))], 1)
    assert (await figure(db, "Q-02")).series.total == 3


async def test_a_rebuild_reads_the_feeds_to_their_end(db: Connection) -> None:
    await apply(db, a_year(), 3)
    live = await everything(db)

    async def ask(team: str, after: int) -> Page:
        found = [t for t in a_year() if t.team == team and t.position > after]
        facts = [
            FeedFact(
                t.position,
                t.fact_id,
                t.type,
                t.case_id,
                t.occurred_on,
                msgspec.Raw(t.data),
                msgspec.Raw(t.meta),
            )
            for t in found[:2]
        ]
        return Page(team, EPOCH, len(found), facts)

    done = await rebuild(db, pages_of(ask, tuple(TEAMS)), Memory("C-08"))
    assert done.facts == len(a_year())
    assert await everything(db) == live


async def test_a_rebuild_over_wrong_rows_puts_them_right(db: Connection) -> None:
    await apply(db, a_year(), 3)
    live = await everything(db)
    await db.execute("UPDATE indicator_values SET value = value + 1; DELETE FROM observations")
    await rebuild(db, pages(a_year(), 100), Memory("C-08"))
    assert await everything(db) == live


async def test_one_goes_back_to_the_tables_of_before(db: Connection) -> None:
    with pytest.raises(NoWayBack):
        await go_back(db)
    early = [told for told in a_year() if told.position == 1]
    await apply(db, early, 3)
    consumed = "SELECT source, position FROM consumed"
    await rebuild(db, pages(early), Memory("C-08"))
    then, stood = await everything(db), sorted(map(tuple, await db.fetch(consumed)))
    await rebuild(db, pages(a_year()), Memory("C-08"))
    now = await everything(db)
    assert now != then
    assert sorted((await go_back(db)).items()) == stood
    assert await everything(db) == then
    await go_back(db)
    assert await everything(db) == now
    await rebuild(db, pages(a_year()), Memory("C-08"))
    assert await everything(db) == now


async def test_tables_of_another_program_are_not_gone_back_to(db: Connection) -> None:
    await apply(db, a_year(), 100)
    await rebuild(db, pages(a_year()), Memory("C-08"))
    await db.execute("ALTER TABLE observations ADD COLUMN learned_later text")
    live = await everything(db)
    with pytest.raises(NoWayBack):
        await go_back(db)
    assert await everything(db) == live


async def test_the_count_of_facts_is_the_same_summed_up_and_counted(db: Connection) -> None:
    """What is known now is read from the sums, what was known then is counted."""
    await apply(db, a_year(), 4)
    last = UUID(int=NOW.int - 1)
    for one in COMPUTED:
        for month in (None, 4, 11, 3):
            for dim in await db.fetch(
                "SELECT DISTINCT dim FROM indicator_values WHERE indicator = $1", one.id
            ):
                asked = Asked(2026, month, dim["dim"])
                summed = await facts_behind(db, one, asked)
                counted = await facts_behind(db, one, replace(asked, known=last))
                assert (summed.count, summed.total) == (counted.count, counted.total)
                assert (summed.count > 0) == bool(summed.rows)


async def test_a_rebuild_from_a_damaged_feed_leaves_everything_as_it_was(db: Connection) -> None:
    await apply(db, a_year(), 3)
    live = await everything(db)
    with pytest.raises(Hole, match="intake: position 4 where 3 should be"):
        await rebuild(
            db,
            pages([t for t in a_year() if (t.team, t.position) != ("intake", 3)]),
            Memory("C-08"),
        )
    assert await everything(db) == live


async def test_months_show_what_happened_and_nothing_before_they_begin(db: Connection) -> None:
    await apply(db, a_year(), 3)
    shown = await figure(db, "Q-02")
    assert shown.series.months == (1, 1, 0, 0, 0, 0, 0, 0, None, None, None, None)
    assert shown.series.total == 2
    assert shown.parts["channel"]["visit"].total == 2
    assert (await figure(db, "Q-02", 2025)).series.months[-1] == 1
    assert await fiscal_years(db, TODAY) == [2026, 2025]
    await db.execute("UPDATE indicator_values SET fiscal_year = 0 WHERE fiscal_year = 2025")
    assert await fiscal_years(db, TODAY) == [2026]  # a mistyped year


async def test_a_stock_carries_over_from_the_years_before(db: Connection) -> None:
    await apply(db, a_year(), 3)
    shown = await figure(db, "Q-05")
    assert shown.series.months == (2, 3, 2, 2, 2, 2, 2, 2, None, None, None, None)
    assert shown.series.total == 2
    kinds = {kind: series.total for kind, series in shown.parts["kind"].items()}
    assert kinds == {"gathering": 1, "ibasho": 1}
    assert (await figure(db, "Q-05", 2025)).series.total == 2
    assert (await figure(db, "Q-05", 2024)).series.total == 0


def test_how_many_months_have_begun() -> None:
    assert [months_begun(2026, day) for day in (date(2026, 3, 31), date(2026, 4, 1))] == [0, 1]
    assert [months_begun(2026, day) for day in (date(2027, 3, 31), date(2028, 1, 1))] == [12, 12]


async def test_every_figure_opens_to_its_facts(db: Connection) -> None:
    await apply(db, a_year(), 3)
    for shown in await figures_of(db, 2026, TODAY, COMPUTED):
        behind = await facts_behind(db, shown.definition, Asked(2026))
        if not shown.definition.stock and not shown.definition.per:
            assert behind.total == shown.series.total
            for n, month in enumerate((4, 5, 6, 7, 8)):
                page = await facts_behind(db, shown.definition, Asked(2026, month))
                assert page.total == shown.series.months[n]
            for part, codes in shown.parts.items():
                for code, series in codes.items():
                    asked = Asked(2026, dim=f"{part}:{code}")
                    assert (await facts_behind(db, shown.definition, asked)).total == series.total


async def test_facts_are_paged_without_loss(db: Connection) -> None:
    await apply(db, tell([received() for _ in range(7)]), 100)
    seen, after = [], ""
    while True:
        page = await facts_behind(db, definition("Q-03"), Asked(2026, 5), after, limit=4)
        seen += [(row.position, row.item) for row in page.rows]
        assert (page.count, page.total) == (14, 14)
        assert page.rows[0].case_id == CASE
        if page.next_after is None:
            break
        after = page.next_after
    assert seen == [(position, item) for position in range(1, 8) for item in (0, 1)]


@pytest.mark.parametrize(
    "after", ["x", "2026-05-07.intake.1", "2026-05-07.intake.1.99999999999999"]
)
async def test_a_place_that_no_page_gave_out_is_refused(db: Connection, after: str) -> None:
    with pytest.raises(Refused, match="place-unknown"):
        await facts_behind(db, definition("Q-02"), Asked(2026), after)
