"""A late or corrected fact changes the figure and shows that it did (N-03, N-15)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from deploy.embedded import Servers
from services.reporting.changes import is_late, recorded_on
from services.reporting.indicators import Memory, by_id
from services.reporting.read.changed import Changed, changed_of, changes_in
from services.reporting.read.known import known_on
from services.reporting.rebuild import rebuild
from services.reporting.tables import apply_batch
from shared.bus.told import Told
from shared.runtime.settings import Settings
from shared.sourcing.log import Connection
from tests.reporting.conftest import NOVEMBER, serving
from tests.reporting.examples import matched, received, sheet_put_right, tell, withdrawn
from tests.reporting.test_known import born
from tests.reporting.test_tables import definition, everything, pages

AUGUST, SEPTEMBER = date(2026, 8, 3), date(2026, 9, 1)


def told() -> Sequence[Told]:
    """May: one in time, one late, and a sheet that was put right after that."""
    facts = tell([received(), received(issues=("i05",)), sheet_put_right(source="neighbour")])
    days = date(2026, 5, 31), AUGUST, SEPTEMBER
    return [
        replace(one, fact_id=born(day, n))
        for n, (one, day) in enumerate(zip(facts, days, strict=True))
    ]


def test_late_is_what_was_recorded_when_its_month_was_over() -> None:
    assert recorded_on(born(AUGUST, 1)) == AUGUST
    assert recorded_on(tell([received()])[0].fact_id) is None, "an id that bears no day"
    assert not is_late(date(2026, 5, 31), date(2026, 5, 1))
    assert is_late(date(2026, 6, 1), date(2026, 5, 31))
    assert is_late(date(2027, 1, 1), date(2026, 12, 31))


async def test_the_figure_says_that_it_changed_and_when(db: Connection) -> None:
    for one in told():
        async with db.transaction():
            await apply_batch(db, [one], Memory("C-08"))
    q02, q03 = definition("Q-02"), definition("Q-03")
    assert await changed_of(db, q02, 2026) == Changed(1, 1, SEPTEMBER)
    assert await changed_of(db, q03, 2026) == Changed(1, 0, AUGUST), "its issues stayed"
    assert not await changed_of(db, q02, 2025)
    assert await changed_of(db, q02, 2026, known_on(AUGUST)) == Changed(1, 0, AUGUST)
    assert not await changed_of(db, q02, 2026, known_on(date(2026, 7, 1)))
    assert (await changes_in(db, 2026))["Q-02"] == Changed(1, 1, SEPTEMBER)
    live = await everything(db)
    await rebuild(db, pages(told()), Memory("C-08"))
    assert await everything(db) == live
    assert await changed_of(db, q02, 2026) == Changed(1, 1, SEPTEMBER)


async def test_a_part_of_an_indicator_says_what_changed_it(db: Connection) -> None:
    beyond = received(counter="C-01", programme="1イ", beyond_field=True)
    late = [replace(one, fact_id=born(AUGUST, 1)) for one in tell([beyond])]
    await apply_batch(db, late, Memory("C-08"))
    assert await changed_of(db, definition("Q-01a"), 2026) == Changed(1, 0, AUGUST)
    assert not await changed_of(db, definition("Q-01b"), 2026)


async def test_a_correction_is_one_also_where_its_id_bears_no_day(db: Connection) -> None:
    await apply_batch(db, tell([matched(), withdrawn()]), Memory("C-08"))
    q06 = by_id("Q-06")
    assert q06
    assert await changed_of(db, q06, 2026) == Changed(0, 1, None)


async def test_pages_and_api_mark_what_changed(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> None:
    async with serving(servers, settings_of("reporting"), NOVEMBER, told()) as client:
        page = (await client.get("/reporting/indicators/Q-02?fiscal_year=2026")).text
        for words in ("遅れて届いた記録 1件、訂正 1件（最後は令和8年9月1日）", "記録した日"):
            assert words in page
        assert page.count(">遅れて届いた</span>") == 1
        assert page.count(">訂正</span>") == 2, "what it takes away, and what it adds"
        then = (await client.get("/reporting/indicators/Q-02?on=2026-08-03")).text
        assert "遅れて届いた記録 1件（最後は令和8年8月3日）" in then
        assert "後からの変更 2件" in (await client.get("/reporting?fiscal_year=2026")).text
        facts = (await client.get("/reporting/api/indicators/Q-02/facts")).json()["facts"]
        said = [(one["recorded_on"], one["late"], one["corrects"]) for one in facts]
        corrected = ("2026-09-01", False, True)
        assert said == [
            ("2026-05-31", False, False),
            ("2026-08-03", True, False),
            corrected,
            corrected,
        ]
