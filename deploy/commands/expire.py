"""`./tsunagu expire`: what nothing came of is erased when its time is over (N-08).

The running service does so by itself every hour; this is for an operator who will not wait. How
long it is kept is the city's (`[retention]`).
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from deploy.console import step
from deploy.opened import opened
from deploy.services import DATA
from deploy.standing_servers import servers_at


def expire(
    data: Annotated[Path, typer.Option(help="データのフォルダ / data folder")] = DATA,
) -> None:
    """保存期間の過ぎた「気になる方の記録」を消します。/ Erase leads whose time is over."""
    folder = data.absolute()
    with servers_at(folder):
        gone = asyncio.run(_expire(folder))
    step(f"保存期間の過ぎた記録を{gone}件消しました。", f"{gone} leads erased, codes and days stay")


async def _expire(data: Path) -> int:
    from services.outreach.erasing import erase_due

    async with opened("outreach", data) as host:
        return len(await erase_due(host.store, host.clock.today()))
