"""`./tsunagu rebuild`: the figures of reporting made anew from every fact ever told, while it runs.

After a source was restored (decision 0011), after a parked fact was mended, for a new indicator.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import asyncpg
import nats.errors
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from deploy.broker import connect
from deploy.console import err, step
from deploy.services import DATA, service_of, settings_for
from deploy.trouble import Trouble

if TYPE_CHECKING:
    from nats.aio.client import Client

    from services.reporting.rebuild import Rebuilt
    from shared.bus.told import Page
    from shared.runtime.settings import Settings
    from shared.sourcing.log import Connection

_TRIES = 3
_KEPT = "指標は元のままです。", "the figures are as they were"


def rebuild(
    data: Annotated[Path, typer.Option(help="データのフォルダ / data folder")] = DATA,
    *,
    back: Annotated[
        bool, typer.Option("--back", help="作り直す前の表に戻す / go back to the tables of before")
    ] = False,
) -> None:
    """計画の指標を、すべてのチームの知らせから作り直します。/ Make the figures anew from all facts.

    サービスを動かしたまま使います。終わった瞬間に新しい表へ切り替わり、途中でやめれば何も変わりません。
    前の表は次の作り直しまで残り、--back で戻せます。それからあとの知らせは、続けて数えられます。
    """
    if back:
        positions = asyncio.run(back_to_former(settings_for("reporting", data.absolute())))
        said = "、".join(f"{team} {position:,}" for team, position in sorted(positions.items()))
        step(f"前の表に戻しました（{said} まで）", "the tables of before are in use again")
        return
    done = asyncio.run(rebuild_figures(settings_for("reporting", data.absolute())))
    step(
        f"{done.facts:,}件の知らせから作り直し、切り替えました",
        f"rebuilt from {done.facts:,} facts, and switched",
    )


async def rebuild_figures(settings: Settings) -> Rebuilt:
    """Read every feed, then swap. Raises Trouble, and then nothing has changed."""
    from services.reporting.rebuild import Hole, UnderWay, pages_of
    from services.reporting.rebuild import rebuild as make_anew
    from services.reporting.tables import memory_of
    from shared.vocabulary.city import City

    service = service_of("reporting")
    sources = service.projection.sources if service.projection else ()
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    client = await connect(settings.nats_url, "reporting", settings.nats_seed_file)
    city = City.load(settings.city_dir)
    feeds = _Feeds(client, city.code)
    try:
        told = [(await feeds.page(source, 0, limit=0)).head for source in sources]
        with Progress(*columns, console=err, transient=True) as progress:
            bar = progress.add_task("作り直し / rebuilding", total=sum(told))
            async with _tables(settings) as db:
                return await make_anew(
                    db,
                    pages_of(feeds.page, sources),
                    memory_of(city),
                    lambda facts: progress.update(bar, completed=facts),
                )
    except Hole as error:
        japanese = f"知らせの並びに欠けがあります({error})。{_KEPT[0]}"
        raise Trouble(japanese, f"{error}; {_KEPT[1]}") from error
    except UnderWay as error:
        raise _busy() from error
    finally:
        await client.close()


async def back_to_former(settings: Settings) -> dict[str, int]:
    """Change places with the tables of before. Raises Trouble, and then nothing has changed."""
    from services.reporting.rebuild import NoWayBack, UnderWay, go_back

    try:
        async with _tables(settings) as db:
            return await go_back(db)
    except UnderWay as error:
        raise _busy() from error
    except NoWayBack as error:
        raise Trouble(
            f"戻せる前の表がありません。{_KEPT[0]}./tsunagu rebuild で作り直せます。",
            f"no tables of before fit this program; {_KEPT[1]}; ./tsunagu rebuild makes them anew",
        ) from error


def _busy() -> Trouble:
    return Trouble(
        "別の作り直しが進んでいます。終わるのを待ってください。",
        "another rebuild is under way; wait for its end",
    )


class _Feeds:
    """The teams' feeds, asked a little patiently; a team that stays silent is named."""

    def __init__(self, client: Client, city: str) -> None:
        self._client = client
        self._city = city

    async def page(self, source: str, after: int, limit: int = 500) -> Page:
        from shared.bus.feed import ask

        tries = _TRIES
        while True:
            try:
                return await ask(self._client, self._city, source, after, limit)
            except (nats.errors.Error, TimeoutError) as error:
                tries -= 1
                if not tries:
                    raise Trouble(
                        f"{source} から返事がありません。{source} を起動してください。{_KEPT[0]}",
                        f"{source} does not answer; start it. {_KEPT[1].capitalize()}",
                    ) from error
                await asyncio.sleep(0.5)


@asynccontextmanager
async def _tables(settings: Settings) -> AsyncIterator[Connection]:
    """A connection of our own to the database of reporting, whose tables are there."""
    from shared.sourcing.migrate import migrate
    from shared.sourcing.store import connect as open_database

    try:
        await migrate(settings.database_url, [service_of("reporting").migrations])
        db = await open_database(settings.database_url)
        try:
            yield db
        finally:
            await db.close(timeout=5)
    except asyncpg.LockNotAvailableError as error:
        japanese = f"表が長く使われていて切り替えられません。{_KEPT[0]}もう一度実行してください。"
        english = f"the tables are in use; {_KEPT[1]}; try again"
        raise Trouble(japanese, english) from error
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        name = type(error).__name__
        raise Trouble(
            f"reporting のデータベースが使えません({name})。{_KEPT[0]}",
            f"the database of reporting cannot be used ({name}); {_KEPT[1]}",
        ) from error
