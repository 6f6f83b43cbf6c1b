"""`./tsunagu up`: servers and services on this machine, behind one address."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.apart import in_processes
from deploy.cities import city_of
from deploy.console import out, step, tell
from deploy.embedded import Servers
from deploy.servers.ports import require_port
from deploy.servers.watching import keep_running
from deploy.services import DATA, settings_from
from deploy.serving import serve, stop_on_signals
from deploy.teams import TEAMS
from deploy.together import logs_to, together
from deploy.trouble import Trouble

if TYPE_CHECKING:
    from rich.status import Status

    from shared.runtime.settings import Settings


_log = logging.getLogger(__name__)
_CITY_HELP = (
    "市: deploy/municipalities/ の名前かフォルダ(はじめは akiruno、次からは前と同じ)"
    " / a city's name or folder"
)


@dataclass(frozen=True)
class Wish:
    """What was asked for."""

    port: int
    host: str
    data: Path
    demo: bool
    city: str | None


def up(
    port: Annotated[
        int, typer.Option(help="開くポート / port of the address", min=1, max=65535)
    ] = 8600,
    data: Annotated[Path, typer.Option(help="データのフォルダ / data folder")] = DATA,
    host: Annotated[
        str, typer.Option(help="待ち受けるアドレス / address to listen on")
    ] = "127.0.0.1",
    demo: Annotated[
        bool, typer.Option("--demo", help="見本の相談を入れます / load a sample year")
    ] = False,
    apart: Annotated[
        bool, typer.Option("--apart", help="サービスごとに別プロセス / one process per service")
    ] = False,
    city: Annotated[str | None, typer.Option(help=_CITY_HELP)] = None,
    servers_only: Annotated[
        bool,
        typer.Option("--servers-only", help="PostgreSQLとNATSだけ / PostgreSQL and NATS only"),
    ] = False,
) -> None:
    """全サービスを起動します。Ctrl-C で終わります。/ Start everything; Ctrl-C ends it."""
    wish = Wish(port, host, data.absolute(), demo, city)
    _refuse_bad_city(wish)
    if not servers_only:
        require_port(port, host)
    with out.status("データベースとメッセージ基盤を起動しています / starting PostgreSQL and NATS"):
        servers = Servers(wish.data, city=wish.city).start()
    try:
        step("PostgreSQL 18 と NATS 2.15 が動いています", f"servers run, data in {wish.data}")
        asyncio.run(_wait(servers) if servers_only else _services(servers, wish, apart=apart))
    except KeyboardInterrupt:
        pass
    finally:
        with out.status("終わりにしています / stopping"):
            servers.stop()
        step("すべて止めました", "everything is stopped")


def _refuse_bad_city(wish: Wish) -> None:
    """A fault in the city's lists, or a demonstration it has not, before anything is started."""
    from shared.vocabulary.city import City, CityError

    folder = city_of(wish.data, wish.city)
    try:
        City.load(folder.path)
    except CityError as error:
        raise Trouble(
            f"市の用語に誤りがあります。\n{error}", "the city's lists have faults"
        ) from error
    if wish.demo and not folder.samples.is_dir():
        raise Trouble(
            f"{folder.code} には見本がありません。--demo なしで起動してください。",
            f"{folder.code} has no samples; start without --demo",
        )


async def _wait(servers: Servers) -> None:
    stop = stop_on_signals()
    out.print(f"\n別の端末で / in another terminal: ./tsunagu run <{'|'.join(TEAMS)}>")
    out.print(f"設定 / settings: {servers.folder.run}/<service>.env")
    out.print(f"NATS: {servers.nats.url}  monitor: {servers.nats.monitor_url}\n")
    watching = asyncio.create_task(keep_running(servers))
    await stop.wait()
    watching.cancel()


async def _services(servers: Servers, wish: Wish, *, apart: bool) -> None:
    stop = stop_on_signals()
    settings = {team: settings_from(servers.environment(team)) for team in TEAMS}
    ports = {team: wish.port + 1 + offset for offset, team in enumerate(TEAMS)}
    running = in_processes(servers, ports) if apart else together(settings)
    ready = asyncio.Event()
    waiting = out.status("サービスを起動しています / starting the services")
    waiting.start()
    try:
        with logs_to(servers.folder.logs / "services.log"):
            async with running as app:
                beside = [
                    asyncio.create_task(_after_ready(ready, waiting, servers, wish, settings)),
                    asyncio.create_task(keep_running(servers)),
                ]
                await serve(app, host=wish.host, port=wish.port, stop=stop, ready=ready.set)
                for task in beside:
                    task.cancel()
                await asyncio.gather(*beside, return_exceptions=True)
    finally:
        waiting.stop()


async def _after_ready(
    ready: asyncio.Event,
    waiting: Status,
    servers: Servers,
    wish: Wish,
    settings: dict[str, Settings],
) -> None:
    """Print the address and the sign-ins once the address answers; then play the demonstration.
    What fails here is said at once: the services go on, and nobody waits for this task's result.
    """
    await ready.wait()
    waiting.stop()
    try:
        address = _say_where(servers, wish)
        if wish.demo:
            kept = wish.data / "demonstration"
            await import_module("deploy.demo.playing").play(address, settings, kept)
    except Trouble as trouble:
        tell(trouble)
    except Exception as error:  # noqa: BLE001 - whatever it was, the services go on and it is said
        _log.exception("not everything could be done after the start")
        name, log = type(error).__name__, servers.folder.logs / "services.log"
        tell(
            Trouble(
                f"見本を途中までしか入れられませんでした({name}、記録: {log})。"
                "直してから --demo でもう一度起動すると、足りないものだけが入ります。",
                f"the demonstration stopped half-way ({name}); see {log}, then start with --demo"
                " again: only what is missing is added",
            )
        )


def _say_where(servers: Servers, wish: Wish) -> str:
    """The address, with the first sign-ins."""
    address = f"http://{'localhost' if wish.host == '127.0.0.1' else wish.host}:{wish.port}/"
    step(f"{len(TEAMS)}つのサービスが動いています", "all services run")
    out.print(f"\n  [bold]{address}[/bold]\n")
    accounts = servers.folder.secrets / "portal" / "accounts.txt"
    if accounts.exists():
        out.print("  はじめのサインイン / first sign-ins")
        for line in accounts.read_text(encoding="utf-8").splitlines():
            out.print(f"  {line}", markup=False)
    out.print(f"\n  [dim]記録 / logs: {servers.folder.logs}   Ctrl-C で終わります[/dim]\n")
    return address
