"""`./tsunagu import places FILE.csv`: a list of places becomes entries of the directory.

The file may be our own open data, mended in Excel, or another office's list with the columns of the
推奨データセット. The same file again changes nothing.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.commands.imports import beside_list, errors_of, opened, refuse_bad_list
from deploy.console import step
from deploy.services import DATA, settings_for
from deploy.standing_servers import servers_at
from deploy.trouble import Trouble

if TYPE_CHECKING:
    from services.community.importing import Row
    from shared.runtime.settings import Settings


@dataclass
class Outcome:
    """What became of the rows."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[Row] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Columns that the directory has no place for."""


def places(
    file: Annotated[Path, typer.Argument(help="CSVファイル(UTF-8かShift_JIS) / a CSV file")],
    data: Annotated[Path, typer.Option(help="データのフォルダ / data folder")] = DATA,
) -> None:
    """社会資源の一覧を台帳に取り込みます。同じファイルをもう一度取り込んでも変わりません。

    Import a list of places; the same file again changes nothing.
    """
    refuse_bad_list(file)
    with servers_at(data.absolute()):
        outcome = asyncio.run(import_places(file, settings_for("community", data.absolute())))
    with beside_list(file):
        written = write_beside(file, outcome.errors)
    new, changed, same = (outcome.counts[name] for name in ("new", "changed", "same"))
    step(
        f"新しく{new}件、直したもの{changed}件、同じ{same}件、誤り{len(outcome.errors)}件",
        f"{new} added, {changed} changed, {same} the same, {len(outcome.errors)} errors",
    )
    if outcome.left_out:
        names = "、".join(outcome.left_out)
        step(f"取り込まない列: {names}", f"columns left out: {names}")
    if written:
        raise Trouble(
            f"{len(outcome.errors)}行は取り込めませんでした。理由は {written} にあります。",
            f"{len(outcome.errors)} rows were refused; the reasons are in {written}",
        )


async def import_places(file: Path, settings: Settings) -> Outcome:
    """Every row by the decisions of the screens; the rows that were refused come back."""
    from services.community.importing import not_read, read_rows
    from services.community.receiving import receive_row
    from shared.sourcing.decider import Refused
    from shared.sourcing.log import Origin
    from shared.web.messages import said

    outcome = Outcome()
    async with opened("community", settings) as host, host.store.pool.acquire() as db:
        for row in read_rows(file, host.city):
            outcome.left_out = outcome.left_out or not_read(row.header)
            if row.problems:
                outcome.errors.append(row)
                continue
            origin = Origin(actor="import", agency=host.city.offices.community)
            desk = host.service.desk(host.office(host.store, db, origin))
            try:
                outcome.counts[await receive_row(desk, row)] += 1
            except Refused as refused:
                why = said(refused, host.service.messages).ja.removesuffix("。")
                outcome.errors.append(replace(row, problems=(why,)))
    return outcome


def write_beside(file: Path, errors: list[Row]) -> Path | None:
    """`<file>.errors.csv` beside the input: mended, it can be imported itself. Gone again when
    there are none.
    """
    from shared.vocabulary.lists import write_refused

    beside = errors_of(file)
    if not errors:
        beside.unlink(missing_ok=True)
        return None
    header = next((row.header for row in errors if row.header), ())
    ours = {n for n, name in enumerate(header) if name in ("行", "理由")}
    write_refused(
        beside,
        [name for n, name in enumerate(header) if n not in ours],
        (
            (row.line, row.problems, [c for n, c in enumerate(row.cells) if n not in ours])
            for row in errors
        ),
    )
    return beside
