"""`./tsunagu host restored TEAM`: what a store needs after it came back from a backup.

A backup knows persons who were erased since, and the team's feed may tell less than others have
heard (decision 0011). So everybody forgotten is forgotten again first, and then the store gets a
new epoch. `host ledger` prints who was forgotten, by number only, to be kept apart from the backup.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias
from uuid import UUID

import typer

from deploy.console import step
from deploy.opened import opened
from deploy.services import DATA, HOST_SECRETS, require_team, servers_are_elsewhere
from deploy.standing_servers import servers_at
from deploy.teams import TEAMS
from deploy.trouble import Trouble

if TYPE_CHECKING:
    from shared.runtime.host import Host

Team: TypeAlias = Annotated[str, typer.Argument(help=f"チーム / {' | '.join(TEAMS)}")]
Data: TypeAlias = Annotated[Path, typer.Option(help="データのフォルダ / data folder")]
Ledger: TypeAlias = Annotated[
    Path | None,
    typer.Option(help="./tsunagu host ledger の控え / what host ledger printed", exists=True),
]


def restored(team: Team, ledger: Ledger = None, data: Data = DATA) -> None:
    """バックアップから戻したデータベースを、使える状態にします。/ After a restore from a backup.

    サービスを止めて使います。消去した人をもう一度消去し、戻す前の知らせと区別できるようにします。
    """
    require_team(team)
    listed = _listed(ledger)
    with servers_at(data.absolute()):
        count = asyncio.run(_restored(team, data.absolute(), listed))
    step(
        f"{team} を再開できます。消去の記録 {count}件を適用しました。"
        "起動したら ./tsunagu rebuild を実行してください。",
        f"{team} may start; {count} erasures applied again. Then run ./tsunagu rebuild",
    )


def ledger(team: Team, data: Data = DATA) -> None:
    """消去した人の番号。バックアップとは別に控えます。/ Who was forgotten."""
    require_team(team)
    with servers_at(data.absolute()):
        forgotten = asyncio.run(_ledger_of(team, data.absolute()))
    for subject in sorted(forgotten):
        typer.echo(str(subject))


def _listed(path: Path | None) -> set[UUID]:
    try:
        return {UUID(word) for word in path.read_text(encoding="utf-8").split()} if path else set()
    except ValueError as error:
        raise Trouble(f"{path} に番号でない行があります。", f"{path}: not an id") from error


async def _restored(team: str, data: Path, listed: set[UUID]) -> int:
    """Forget first: should it end in between, the old epoch keeps the relay from telling."""
    forgotten = listed | await _neighbours(team, data)
    async with _alone(team, data) as host:
        forgotten |= {row["subject"] for row in await host.store.pool.fetch(_LEDGER)}
        for subject in sorted(forgotten):
            await host.store.forget(subject)
        await host.store.pool.execute("UPDATE head SET epoch = gen_random_uuid()")
    return len(forgotten)


async def _neighbours(team: str, data: Path) -> set[UUID]:
    """Who is forgotten by the others is forgotten here. In a team's own container only its store
    is within reach; the operator's reaches all.
    """
    if servers_are_elsewhere() and HOST_SECRETS not in os.environ:
        return set()
    ledgers = [await _ledger_of(other, data) for other in TEAMS if other != team]
    return set().union(*ledgers)


async def _ledger_of(team: str, data: Path) -> set[UUID]:
    async with opened(team, data) as host:
        return {row["subject"] for row in await host.store.pool.fetch(_LEDGER)}


_LEDGER = "SELECT subject FROM shred_ledger"


@asynccontextmanager
async def _alone(team: str, data: Path) -> AsyncIterator[Host]:
    """The store while its service is stopped: a running one remembers what was before the
    restore.
    """
    from shared.bus.relay import LEADER

    async with opened(team, data) as host, host.store.pool.acquire() as db:
        if not await db.fetchval("SELECT pg_try_advisory_lock($1)", LEADER):
            raise Trouble(
                f"{team} が動いています。止めてからもう一度実行してください。",
                f"{team} is running; stop it and try again",
            )
        yield host
