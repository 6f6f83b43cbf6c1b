"""The yearly report opened as a reader would: words, pages turned to pictures, no missing glyph."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2

from deploy.embedded import Servers
from shared.privacy.access import Role
from shared.runtime.settings import Settings
from tests.paper.reading import words_of_pdf
from tests.reporting.conftest import APRIL, NOVEMBER, Client, serving
from tests.reporting.test_beside import answered
from tests.reporting.test_years import send

PDF = "/reporting/report.pdf?fiscal_year=2026"
TOP, SIDE = 10, 20
"""Points of the picture at each edge in which nothing may stand."""
HEARING = {"agency": "C-01", "on": "2026-11-23", "note": "頼みやすくなった"}
REVIEW = {"edition": "0", "on": "2026-11-23", "achieved": "つながった", "measures": "場を増やす"}


async def decided(client: Client) -> None:
    """What people decide and say in a year."""
    target = {"fiscal_year": "2026", "baseline": "7", "target": "100", "reason": ""}
    assert (await send(client, "/reporting/indicators/Q-02/target", **target)).status_code == 303
    await answered(client, "start", "4")
    here = "/reporting/surveys/2026/start/hearings"
    assert (await send(client, here, **HEARING)).status_code == 303
    assert (await send(client, "/reporting/reviews/2026/2", **REVIEW)).status_code == 303


async def test_the_report_says_what_was_said_and_decided(
    servers: Servers,
    settings_of: Callable[[str], Settings],
    sign_in: Callable[[Client, Role], None],
) -> None:
    settings = settings_of("reporting")
    async with serving(servers, settings, NOVEMBER) as client:
        await decided(client)
    async with serving(servers, settings, APRIL, ()) as client:
        words = words_of_pdf((await client.get(PDF)).content)
        for said in ("定性評価", "頼みやすくなった", "計画の外の問い", "つながった", "基準値"):
            assert said in words, said
        assert "この年度はまだ締めていません" in words
        closed = await client.post("/reporting/api/years/2026/closing", json={"edition": 0})
        assert closed.status_code == 201, closed.text
        inside = (await client.get(PDF)).content
        assert closed.json()["signature"][:20] in words_of_pdf(inside)
        for_all = (await client.get(f"{PDF}&use=public")).content
        published = words_of_pdf(for_all)
        for said in ("頼みやすくなった", "計画の外の問い", "つながった"):
            assert said not in published, said
        assert "定性評価" in published
        for content in (inside, for_all):
            legible(content)
        sign_in(client, Role.COUNTER)
        assert "頼みやすくなった" not in words_of_pdf((await client.get(PDF)).content)


def legible(content: bytes) -> None:
    """Every page shows something and keeps its margins. That every character has a glyph Typst sees
    to itself: PDF/UA-1 allows none without.
    """
    document = pypdfium2.PdfDocument(content)
    for n in range(len(document)):
        page = document[n]
        words = page.get_textpage().get_text_range()
        assert words.strip(), f"page {n + 1} says nothing"
        assert "\ufffd" not in words, f"page {n + 1} has a character that is none"
        rows = picture(page)
        assert min(min(row) for row in rows) < 100, f"page {n + 1} is blank"
        edges = (*rows[:TOP], *rows[-TOP:], *(row[:SIDE] + row[-SIDE:] for row in rows))
        assert min(min(edge) for edge in edges) > 200, f"page {n + 1} runs over its edge"


def picture(page: pypdfium2.PdfPage) -> list[bytes]:
    """Rows of grey, one byte a point."""
    bitmap = page.render(scale=0.5, grayscale=True)
    grey, line = bytes(bitmap.buffer), bitmap.stride
    return [grey[n * line : n * line + bitmap.width] for n in range(bitmap.height)]
