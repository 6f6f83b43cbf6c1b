"""Commands whose work lies elsewhere: `verify`, `bench`. Imported only when they are asked for."""

from __future__ import annotations

import asyncio
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from deploy.services import DATA, settings_for
from deploy.teams import TEAMS


def verify(
    data: Annotated[Path, typer.Option(help="データのフォルダ / data folder")] = DATA,
) -> None:
    """すべての数値を出来事から数え直し、表と照合します。/ Recount every figure from the events.

    サービスかサーバーが動いている間に使います(./tsunagu up)。
    """
    settings = {team: settings_for(team, data.absolute()) for team in TEAMS}
    raise typer.Exit(asyncio.run(import_module("deploy.verify").verify(settings)))


def bench(
    what: Annotated[
        str,
        typer.Argument(
            help="pages: 相談の一覧と検索 / lists, finding people; "
            "cases: 多機関協働の一覧 / coordination; places: 台帳 / directory"
        ),
    ] = "",
    peers: Annotated[
        bool, typer.Option("--peers", help="ほかの製品も測ります / measure peers beside it")
    ] = False,
) -> None:
    """この機械での速さを測り、表にします。/ Measure on this machine, on servers of its own."""
    if what not in ("", "pages", "cases", "places"):
        raise typer.BadParameter(what)
    # The tables are what is asked for: a line per request would bury them.
    import_module("shared.runtime.logs").set_up_logs("WARNING")
    if what:
        raise typer.Exit(import_module(f"benchmarks.{what}").main())
    raise typer.Exit(import_module("benchmarks.run").main(peers=peers))
