"""`./tsunagu facts parked` and `facts release`: what a team could not apply, seen and tried again.

Shows the kind of the error, never its text: an error may quote what it stumbled over.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.console import out, step
from deploy.opened import opened
from deploy.services import DATA, require_team
from deploy.standing_servers import servers_at
from deploy.teams import TEAMS
from deploy.trouble import Trouble

if TYPE_CHECKING:
    from shared.bus.parking import Parked


def parked(
    data: Annotated[Path, typer.Option(help="データのフォルダ / data folder")] = DATA,
) -> None:
    """適用できずに保留している事実。/ Facts that wait because they could not be applied."""
    from shared.runtime.clock import CITY_TIME

    with servers_at(data.absolute()):
        waiting = {team: asyncio.run(_parked(team, data.absolute())) for team in TEAMS}
    for team, rows in waiting.items():
        for row in rows:
            since = f"{row.parked_at.astimezone(CITY_TIME):%Y-%m-%d %H:%M}"
            words = f"{team}  {row.source} {row.position}  {row.type}  {row.kind}  {since}"
            out.print(f"{words}  +{row.behind}" if row.behind else words)
    if not any(waiting.values()):
        step("保留している事実はありません", "nothing is parked")


def release(
    team: Annotated[str, typer.Argument(help=f"保留しているチーム / {' | '.join(TEAMS)}")],
    source: Annotated[str, typer.Argument(help="知らせたチーム / the team that told it")],
    position: Annotated[int, typer.Argument(help="番号 / its position")],
    data: Annotated[Path, typer.Option(help="データのフォルダ / data folder")] = DATA,
) -> None:
    """保留している事実と、その後ろで待つものを、もう一度適用します。/ Try a parked fact again."""
    require_team(team)
    with servers_at(data.absolute()):
        applied = asyncio.run(_release(team, source, position, data.absolute()))
    if not applied:
        raise Trouble(
            f"{team} に {source} の {position} 番は保留されていません。",
            f"{team} has not parked {source} {position}",
        )
    step(f"{applied}件を適用しました", f"{applied} applied")


async def _parked(team: str, data: Path) -> list[Parked]:
    from shared.bus.parking import parked as waiting

    async with opened(team, data) as host, host.store.pool.acquire() as db:
        return await waiting(db)


async def _release(team: str, source: str, position: int, data: Path) -> int:
    from shared.bus.parking import release as apply_again

    async with opened(team, data) as host:
        if host.service.projection:
            raise Trouble(
                "指標は保留から数え直せません。原因を直して ./tsunagu rebuild を実行してください。",
                "figures are not counted by a release; mend the cause, then ./tsunagu rebuild",
            )
        try:
            return await apply_again(host.service, host.store, host.office, source, position)
        except Exception as error:
            raise Trouble(
                f"まだ適用できません({type(error).__name__})。何も変わっていません。",
                f"still cannot be applied ({type(error).__name__}); nothing has changed",
            ) from error
