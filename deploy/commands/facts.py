"""`./tsunagu facts tail`: what the teams tell each other. Facts carry no personal data."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

import typer
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import RawStreamMsg
from nats.js.errors import NotFoundError

from deploy.broker import connect
from deploy.cities import city_named
from deploy.console import out
from deploy.services import DATA, HOST_SECRETS, require_team, settings_for
from deploy.serving import stop_on_signals
from deploy.teams import OPERATOR, TEAMS
from deploy.trouble import Trouble

facts = typer.Typer(help="流れる事実 / the facts between teams", no_args_is_help=True)
_ID = "ce-id"


@dataclass(frozen=True)
class Told:
    """One fact as it came: `facts.<city>.<team>.<Fact>.<case or ->`."""

    fact_id: str
    time: str
    team: str
    name: str
    case: str
    body: str

    @classmethod
    def of(cls, message: Msg | RawStreamMsg) -> Self:
        """Read the subject and the CloudEvents headers."""
        headers = message.headers or {}
        _, _, team, name, case = (message.subject or "").split(".", 4)
        body = (message.data or b"").decode("utf-8", errors="replace")
        return cls(headers.get(_ID, ""), headers.get("ce-time", ""), team, name, case, body)


@facts.command()
def tail(
    team: Annotated[str | None, typer.Option(help=f"{' | '.join(TEAMS)}")] = None,
    case: Annotated[str | None, typer.Option(help="ケースのID / one case's id")] = None,
    last: Annotated[int, typer.Option(help="さかのぼる件数 / how many of the past", min=0)] = 10,
    follow: Annotated[bool, typer.Option(help="続けて待つ / go on as they come")] = True,
    data: Annotated[Path, typer.Option(help="データのフォルダ / data folder")] = DATA,
) -> None:
    """事実を新しいものから見ます。Ctrl-C で終わります。/ Watch the facts."""
    if team is not None:
        require_team(team)
    asyncio.run(_tail((team,) if team else TEAMS, case, last, data.absolute(), follow=follow))


async def _tail(
    teams: tuple[str, ...], case: str | None, last: int, data: Path, *, follow: bool
) -> None:
    stop = stop_on_signals()
    settings = settings_for("portal", data)
    client = await _connect(settings.nats_url, data)
    try:
        coming = await client.subscribe(f"facts.{city_named(str(settings.city_dir)).code}.>")
        shown: set[str] = set()
        for told in sorted(await _past(client.jetstream(), teams, case, last), key=_when):
            shown.add(told.fact_id)
            _show(told)
        if follow:
            await _follow(coming.messages, shown, teams, case, stop)
    finally:
        await client.close()


async def _connect(url: str, data: Path) -> Client:
    """As the user who reads every fact and says nothing."""
    secrets = Path(os.environ.get(HOST_SECRETS, data / "secrets"))
    seed = secrets / OPERATOR / "nats.seed"
    if not seed.exists():
        raise Trouble(
            f"{seed} がありません。operator のコンテナで実行してください(deploy/README.md)。",
            "no seed of the operator's NATS user; use the operator container (deploy/README.md)",
        )
    return await connect(url, OPERATOR, seed)


async def _past(
    streams: JetStreamContext, teams: tuple[str, ...], case: str | None, last: int
) -> list[Told]:
    """The last facts of each team; of one case, all of them."""
    found: list[Told] = []
    for team in teams:
        name = f"FACTS_{team.upper()}"
        try:
            state = (await streams.stream_info(name)).state
            sequence = 1 if case else max(state.first_seq, state.last_seq - last + 1)
            subject = f"facts.*.{team}.*.{case}" if case else f"facts.*.{team}.>"
            while sequence <= state.last_seq:
                message = await streams.get_msg(name, seq=sequence, subject=subject, next=True)
                found.append(Told.of(message))
                sequence = (message.seq or state.last_seq) + 1
        except NotFoundError:
            continue  # nothing told yet, or nothing more of this case
    found.sort(key=_when)
    return found if case else found[-last:] if last else []


async def _follow(
    messages: AsyncIterator[Msg],
    shown: set[str],
    teams: tuple[str, ...],
    case: str | None,
    stop: asyncio.Event,
) -> None:
    async def show_all() -> None:
        async for message in messages:
            told = Told.of(message)
            new = told.fact_id not in shown and told.team in teams
            if new and case in {None, told.case}:
                _show(told)

    showing, stopped = asyncio.create_task(show_all()), asyncio.create_task(stop.wait())
    await asyncio.wait({showing, stopped}, return_when=asyncio.FIRST_COMPLETED)
    for task in (showing, stopped):
        task.cancel()
    await asyncio.gather(showing, stopped, return_exceptions=True)


def _when(told: Told) -> str:
    return told.time


def _show(told: Told) -> None:
    line = f"{told.time[:19]:19}  {told.team:13}  {told.name:28}  {told.case}  {told.body}"
    out.print(line, markup=False)
