"""`./tsunagu forget CASE`: a person is erased in every team, for ever (N-09).

The key under which a team keeps what was told is destroyed, and the columns that lists show are
emptied. What happened stays as codes and days, so that figures do not change. Backups: decision of
`host restored`, which erases again everybody in the ledger.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from deploy.console import out, step
from deploy.opened import opened
from deploy.services import DATA
from deploy.standing_servers import servers_at
from deploy.teams import TEAMS
from deploy.trouble import Trouble


def forget(
    case: Annotated[str, typer.Argument(help="ケースの番号 / the case id")],
    data: Annotated[Path, typer.Option(help="データのフォルダ / data folder")] = DATA,
    yes: Annotated[bool, typer.Option("--yes", help="確かめずに消します / without asking")] = False,
) -> None:
    """ケースの個人情報を、すべてのチームから消します。元に戻せません。/ Erase a person for ever."""
    subject = _id(case)
    folder = data.absolute()
    with servers_at(folder):
        held = {team: asyncio.run(_held(team, folder, subject)) for team in TEAMS}
        if not any(held.values()):
            raise Trouble(
                f"ケース {subject} の記録はどのチームにもありません。番号を確かめてください。",
                f"no team has anything of case {subject}",
            )
        for team, events in held.items():
            if events:
                out.print(f"  {team}: {events}件の記録 / events")
        if not yes:
            typer.confirm("氏名・連絡先・話の内容を消します。元に戻せません / erase?", abort=True)
        gone = sum(asyncio.run(_forget(team, folder, subject)) for team in TEAMS)
    step(
        f"ケース {subject} の個人情報を消しました(鍵 {gone}個)。件数などの記録は残ります。",
        f"erased; {gone} keys destroyed, codes and days stay",
    )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Trouble(
            f"「{text}」はケースの番号ではありません。画面の住所欄にある番号を入れてください。",
            f"{text} is no case id",
        ) from error


async def _held(team: str, data: Path, subject: UUID) -> int:
    """Events of the case in this team's store, erased or not."""
    async with opened(team, data) as host:
        found: int = await host.store.pool.fetchval(_HELD, subject)
        return found


async def _forget(team: str, data: Path, subject: UUID) -> int:
    async with opened(team, data) as host:
        return len(await host.store.forget(subject))


_HELD = "SELECT count(*) FROM events WHERE stream = $1 OR data->>'case_id' = $1::text"
