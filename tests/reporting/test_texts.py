"""Texts of an indicator: all of them in files, screen by screen on the page (X-28)."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from services.reporting.indicators import Definition, Memory, by_id
from services.reporting.read.texts import PAGE, newest_of, page_of_texts, texts_of
from services.reporting.tables import apply_batch
from shared.sourcing.log import Connection
from tests.reporting.examples import recorded, tell

MANY = 501


def definition(indicator: str) -> Definition:
    found = by_id(indicator)
    assert found is not None
    return found


async def test_no_text_is_lost_however_many_there_are(db: Connection) -> None:
    """Those of one indicator take no room from another's."""
    facts = [recorded("phire-exchange", story=f"交流 {n}") for n in range(MANY)]
    facts.append(recorded("niji-sales", story="販路を保った"))
    facts = [
        one.model_copy(update={"activity_id": UUID(int=0xB000 + n)}) for n, one in enumerate(facts)
    ]
    await apply_batch(db, tell(facts), Memory("C-08"))
    asked = [definition("Q-19"), definition("Q-22"), definition("Q-02")]
    found = await texts_of(db, 2026, asked)
    assert {name: len(texts) for name, texts in found.items()} == {"Q-19": MANY, "Q-22": 1}
    newest = await newest_of(db, 2026, asked)
    assert [one.text for one in newest["Q-19"].texts] == ["交流 498", "交流 499", "交流 500"]
    assert (newest["Q-19"].count, newest["Q-22"].count) == (MANY, 1)
    seen: list[str] = []
    start: int | None = 0
    while start is not None:
        page = await page_of_texts(db, 2026, asked[0], start=start)
        assert (page.count, len(page.texts) <= PAGE) == (MANY, True)
        seen += [one.text for one in page.texts]
        start = page.next_start
    assert seen == [f"交流 {n}" for n in range(MANY)]


async def test_the_newest_text_of_a_record_is_the_one_that_holds(db: Connection) -> None:
    first = recorded("phire-exchange", story="園芸")
    other = first.model_copy(update={"activity_id": UUID(int=1), "story": "祭り"})
    told = tell([first, other])
    await apply_batch(
        db, [replace(one, fact_id=UUID(int=n + 1)) for n, one in enumerate(told)], Memory("C-08")
    )
    page = await page_of_texts(db, 2026, definition("Q-19"), known=UUID(int=1))
    assert [one.text for one in page.texts] == ["園芸"]
