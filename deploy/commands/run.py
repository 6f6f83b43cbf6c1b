"""`./tsunagu run <service>`: one service alone, as a container runs it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from deploy.console import step
from deploy.servers.ports import require_port
from deploy.services import DATA, app_of, require_team, settings_for
from deploy.teams import TEAMS


def run(
    service: Annotated[str, typer.Argument(help=f"{' | '.join(TEAMS)}")],
    port: Annotated[int, typer.Option(help="開くポート / port", min=1, max=65535)] = 8600,
    host: Annotated[
        str, typer.Option(help="待ち受けるアドレス / address to listen on")
    ] = "127.0.0.1",
    data: Annotated[
        Path, typer.Option(help="up --servers-only のデータのフォルダ / its data folder")
    ] = DATA,
) -> None:
    """サービスを1つだけ起動します。設定は環境変数 TSUNAGU_… か、up --servers-only から。

    One service alone, its settings from TSUNAGU_… or from the servers of `up --servers-only`.
    """
    require_team(service)
    require_port(port, host)
    asyncio.run(_serve(service, host, port, data.absolute()))


async def _serve(service: str, host: str, port: int, data: Path) -> None:
    from deploy.address import OneAddress, started
    from deploy.serving import serve, stop_on_signals
    from shared.runtime.logs import set_up_logs

    stop = stop_on_signals()
    settings = settings_for(service, data)
    set_up_logs(settings.log_level)
    apps = {service: app_of(settings)}

    def ready() -> None:
        step(f"{service} が動いています", f"ready: http://{host}:{port}/{service}/")

    async with started(apps):
        await serve(OneAddress(apps, home=service), host=host, port=port, stop=stop, ready=ready)
