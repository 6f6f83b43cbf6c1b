"""社会資源の一覧 (CSV) を読み込む: first what each row would do, then the same rows for good."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response
from starlette.datastructures import UploadFile

from services.community.access import WRITE
from services.community.asked import CardForm
from services.community.desk import Desk
from services.community.importing import Row, not_read, rows_of
from services.community.receiving import Became, Foreseen, foresee_row, receive_row
from shared.vocabulary.lists import Unreadable, text_of
from shared.web.desks import desk_of
from shared.web.pages import Pages
from shared.web.render import render, see_other

list_pages = Pages("community")
DeskHere = Annotated[Desk, Depends(desk_of)]
MOST_ROWS = 1000
"""Of one list on the screen; `./tsunagu import places` takes longer ones."""
_BYTES = 400_000


@dataclass(frozen=True)
class ListPage:
    wrong: str = ""
    """Why the file cannot be read at all."""
    rows: tuple[Foreseen, ...] = ()
    written: str = ""
    """The file itself, sent again with the second button."""
    left_out: tuple[str, ...] = ()
    """Columns for which the directory has no place."""

    @property
    def counts(self) -> Counter[Became | None]:
        return Counter(one.became for one in self.rows)

    def changed(self, one: Foreseen) -> str:
        """The fields that the row says otherwise, as the form calls them."""
        names = CardForm.model_fields
        return "、".join(names[name].title or name for name in one.changed if name in names)


@list_pages.get("/lists/new", rule=WRITE)
async def new_list(request: Request) -> Response:
    return render(request, "list.html", ListPage())


@list_pages.post("/lists/preview", rule=WRITE)
async def preview_list(request: Request, desk: DeskHere) -> Response:
    """Nothing is written yet."""
    file = (await request.form()).get("file")
    raw = await file.read() if isinstance(file, UploadFile) else b""
    wrong = _refused(raw)
    if wrong:
        return render(request, "list.html", ListPage(wrong), status=422)
    rows = list(rows_of(raw, desk.city))
    if len(rows) > MOST_ROWS:
        wrong = f"1回に取り込めるのは{MOST_ROWS}行までです。ファイルを分けてください。"
        return render(request, "list.html", ListPage(wrong), status=422)
    seen = tuple([await foresee_row(desk, row) for row in rows])
    left_out = tuple(not_read(rows[0].header)) if rows else ()
    return render(request, "list.html", ListPage("", seen, text_of(raw), left_out))


@list_pages.post("/lists", rule=WRITE)
async def create_list(request: Request, desk: DeskHere) -> Response:
    """The rows that can be read become entries; the others stay for whoever mends the list."""
    written = (await request.form()).get("written")
    raw = written.encode() if isinstance(written, str) else b""
    wrong = _refused(raw)
    if wrong:
        return render(request, "list.html", ListPage(wrong), status=422)
    became: Counter[Became] = Counter()
    for row in rows_of(raw, desk.city):
        if await _fits(desk, row):
            became[await receive_row(desk, row)] += 1
    new, changed = became[Became.NEW], became[Became.CHANGED]
    said = f"新しい場所{new}件、変わった場所{changed}件を取り込みました。"
    return see_other("/community", said=said)


async def _fits(desk: Desk, row: Row) -> bool:
    return (await foresee_row(desk, row)).became is not None


def _refused(raw: bytes) -> str:
    """Why this is no list; empty if it is one."""
    if not raw.strip():
        return "CSVのファイルを選んでください。"
    if len(raw) > _BYTES:
        return "ファイルが大きすぎます。分けて読み込んでください。"
    try:
        text_of(raw)
    except Unreadable as fault:
        return str(fault)
    return ""
