"""`./tsunagu import consultations FILE.csv`: a list of an office becomes consultations, row by row.

Every row goes the way of a form (`services.intake.reception`): the same rules and refusals. A row
becomes a consultation or a line of the error file, never half of one.
"""

from __future__ import annotations

import asyncio
import errno
import hmac
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from rich.progress import Progress

from deploy.console import out, step
from deploy.services import DATA, service_of, settings_for
from deploy.standing_servers import servers_at
from deploy.trouble import Trouble, on_disk

if TYPE_CHECKING:
    from services.intake.importing import Row
    from shared.runtime.host import Host
    from shared.runtime.settings import Settings

imports = typer.Typer(help="取り込み / imports", no_args_is_help=True)
_AT_ONCE = 6
"""Rows under way at a time, each with a read connection; the store groups their commits."""


@imports.callback()
def _imports() -> None:
    """取り込み / imports"""


@imports.command()
def consultations(
    file: Annotated[Path, typer.Argument(help="CSVファイル(UTF-8かShift_JIS) / a CSV file")],
    data: Annotated[Path, typer.Option(help="データのフォルダ / data folder")] = DATA,
) -> None:
    """相談の一覧を取り込みます。同じファイルをもう一度取り込んでも増えません。

    Import a list of consultations; the same file again adds nothing.
    """
    refuse_bad_list(file)
    with servers_at(data.absolute()):
        outcome = asyncio.run(import_list(file, settings_for("intake", data.absolute())))
    with beside_list(file):
        written = write_beside(file, outcome.errors)
    step(
        f"新しく{outcome.added}件、登録済み{outcome.known}件、誤り{len(outcome.errors)}件",
        f"{outcome.added} added, {outcome.known} known before, {len(outcome.errors)} errors",
    )
    if written:
        raise Trouble(
            f"{len(outcome.errors)}行は取り込めませんでした。理由は {written} にあります。",
            f"{len(outcome.errors)} rows were refused; the reasons are in {written}",
        )


def refuse_bad_list(file: Path) -> None:
    """A list that cannot be read, or no place for the rows that will be refused: before the first
    row is imported.
    """
    if not file.exists():
        raise Trouble(f"{file} がありません。", f"there is no file {file}")
    beside = errors_of(file)
    with beside_list(file):
        file.open("rb").close()
        if beside.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(beside))
        place = beside if beside.exists() else beside.parent
        if not os.access(place, os.W_OK, effective_ids=True):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))


def beside_list(file: Path) -> AbstractContextManager[None]:
    """What the disk refuses at the list or at its error file is said in one line."""
    return on_disk(
        file,
        f"一覧を読め、誤りの行を {errors_of(file).name} に書けるフォルダに置いてください。",
        f"put the list where it can be read and {errors_of(file).name} can be written",
    )


def errors_of(file: Path) -> Path:
    """Where the refused rows of a list are written."""
    return file.with_name(f"{file.stem}.errors.csv")


@dataclass
class Outcome:
    """What became of the rows."""

    added: int = 0
    known: int = 0
    errors: list[Row] = field(default_factory=list)
    """The rows that were refused, with the reasons."""


async def load_sample(settings: Settings) -> Outcome:
    """The sample year of the city, for the demonstration. Its faulty rows stay out."""
    return await import_list(settings.city_dir / "samples" / "consultations.csv", settings)


@asynccontextmanager
async def opened(team: str, settings: Settings) -> AsyncIterator[Host]:
    """A service's store without its bus: a running one tells the facts, else the next one does."""
    from shared.runtime.host import Host
    from shared.sourcing.migrate import migrate

    host = Host(service_of(team), settings)
    await migrate(settings.database_url, [host.service.migrations])
    # Each row holds a read connection while its stream is read on another: with as many workers as
    # connections all would wait for each other.
    await host.store.open(2 * _AT_ONCE)
    try:
        yield host
    finally:
        await host.store.close()


async def import_list(file: Path, settings: Settings) -> Outcome:
    """Every row of a list by the way of a form; the rows that were refused come back."""
    from services.intake.importing import read_rows

    outcome = Outcome()
    async with opened("intake", settings) as host:
        rows = read_rows(file, host.city, host.clock.today())
        waiting = iter(list(zip(rows, _command_ids(rows, settings), strict=True)))
        with Progress(console=out, transient=True) as progress:
            bar = progress.add_task("取り込み / importing", total=len(rows))

            async def work() -> None:
                for row, command_id in waiting:  # shared by all workers: each takes the next row
                    await _receive(host, row, command_id, outcome)
                    progress.advance(bar)

            await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
    outcome.errors.sort(key=lambda row: row.line)
    return outcome


async def _receive(host: Host, row: Row, command_id: UUID, outcome: Outcome) -> None:
    """One row by the write path of the forms."""
    from services.intake.reception import receive_slip
    from shared.sourcing.decider import Refused
    from shared.sourcing.log import Origin

    if row.slip is None:
        outcome.errors.append(row)
        return
    origin = Origin(actor="import", agency=row.slip.counter, command_id=command_id)
    try:
        async with host.store.pool.acquire() as db:
            desk = host.service.desk(host.office(host.store, db, origin))
            received = await receive_slip(desk, row.slip)
    except Refused as refused:
        message = host.service.messages.get(refused.code)
        said = message.ja.removesuffix("。") if message else refused.code
        outcome.errors.append(replace(row, problems=(said,)))
        return
    if received.replayed:
        outcome.known += 1
    else:
        outcome.added += 1


def _command_ids(rows: Sequence[Row], settings: Settings) -> list[UUID]:
    """The same row gets the same id again; a row that stands twice in a file is two consultations.

    Keyed with the service's secret: an id must not be something that can be computed from a person.
    """
    key = hmac.digest(settings.master_key_file.read_bytes(), b"import consultations", "sha256")
    digests = [hmac.digest(key, row.row_key.encode(), "sha256") for row in rows]
    return [UUID(bytes=digest[:16], version=5) for digest in digests]


def write_beside(file: Path, errors: Sequence[Row]) -> Path | None:
    """`<file>.errors.csv` beside the input: mended, it can be imported itself. Gone again when
    there are none.
    """
    from services.intake.importing import write_errors

    beside = errors_of(file)
    if not errors:
        beside.unlink(missing_ok=True)
        return None
    write_errors(beside, errors)
    return beside
