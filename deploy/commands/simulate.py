"""`./tsunagu simulate`: an invented history of the city in a data folder of its own."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from deploy.console import err, out, step
from deploy.embedded import Servers
from deploy.services import settings_from
from deploy.teams import TEAMS
from deploy.trouble import Trouble

if TYPE_CHECKING:
    from deploy.simulating.play import History

_MARK = "simulated"
APRIL = date(2026, 4, 1)


def simulate(
    data: Annotated[
        Path, typer.Option(help="データのフォルダ(空のもの) / an empty data folder")
    ] = Path("var-simulated"),
    years: Annotated[float, typer.Option(help="何年分か / how many years", min=0.01, max=10)] = 4,
    seed: Annotated[int, typer.Option(help="乱数の種 / the seed of chance")] = 1,
    scale: Annotated[
        float, typer.Option(help="大きさ (1 = この市) / 1 is this city", min=0.01, max=10)
    ] = 1,
    city: Annotated[str | None, typer.Option(help="市 / a city's name or folder")] = None,
) -> None:
    """架空の住民の数年分の記録を、実際の手続きを通して作ります。

    An invented history through the real decisions, for demonstrations and benchmarks. Ctrl-C stops
    it; the same command goes on where it stopped.
    """
    folder = data.absolute()
    _refuse_real_data(folder)
    _refuse_another_history(folder, seed, scale)
    with out.status("データベースとメッセージ基盤を起動しています / starting the servers"):
        servers = Servers(folder, city=city).start()
    try:
        (folder / _MARK).write_text(_mark(seed, scale), encoding="utf-8")
        history = asyncio.run(_played(servers, round(years * 365.25), seed, scale))
    finally:
        servers.stop()
    step(
        f"相談{history.consultations:,}件、多機関協働{history.cases:,}件の記録を作りました",
        f"{history.consultations:,} consultations and {history.cases:,} cases",
    )
    out.print(f"\n  ./tsunagu up --data {data}\n", markup=False)


def _refuse_real_data(folder: Path) -> None:
    """Invented people never come among real ones."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / _MARK).exists():
        raise Trouble(
            f"{folder} には別のデータがあります。空のフォルダを --data で指定してください。",
            f"{folder} holds other data; choose an empty folder with --data",
        )


def _refuse_another_history(folder: Path, seed: int, scale: float) -> None:
    """Two histories in one folder would be nobody's city."""
    mark = folder / _MARK
    if mark.exists() and mark.read_text(encoding="utf-8") != _mark(seed, scale):
        held = mark.read_text(encoding="utf-8").split()
        raise Trouble(
            f"{folder} には --seed {held[0]} --scale {held[1]} の記録があります。"
            "同じ値で続けるか、別の空のフォルダを --data で指定してください。",
            f"{folder} holds the history of --seed {held[0]} --scale {held[1]}; go on with these, "
            "or choose another empty folder with --data",
        )


def _mark(seed: int, scale: float) -> str:
    return f"{seed} {scale}\n"


async def _played(servers: Servers, days: int, seed: int, scale: float) -> History:
    from deploy.simulating.hall import opened
    from deploy.simulating.play import play
    from deploy.together import logs_to

    settings = {team: settings_from(servers.environment(team)) for team in TEAMS}
    columns = TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn()
    with logs_to(servers.folder.logs / "services.log"):
        async with opened(settings, seed, APRIL) as hall:
            with Progress(*columns, console=err, transient=True) as progress:
                bar = progress.add_task("日を進めています / days", total=days)
                return await play(
                    hall, days, scale, lambda done: progress.update(bar, completed=done)
                )
