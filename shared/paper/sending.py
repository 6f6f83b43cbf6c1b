"""A paper as a download of a page."""

from __future__ import annotations

from typing import Literal, TypeAlias
from urllib.parse import quote

from fastapi import Response

from shared.paper.book import book_of
from shared.paper.paper import Paper
from shared.paper.pdf import pdf_of

Kind: TypeAlias = Literal["pdf", "xlsx"]
MEDIA = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


async def sent(paper: Paper, kind: Kind, name: str) -> Response:
    """A PDF opens in the browser, a workbook is saved. `name` is what the file is called: no
    person's name, because it lands in folders and in the browser's history.
    """
    content = await (pdf_of(paper) if kind == "pdf" else book_of(paper))
    way = "inline" if kind == "pdf" else "attachment"
    kept = {
        "Content-Disposition": f"{way}; filename*=UTF-8''{quote(f'{name}.{kind}')}",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=MEDIA[kind], headers=kept)
