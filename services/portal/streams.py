"""How far the facts of every team are told and heard, asked when the page is opened."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import nats.errors
import nats.js.errors
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import ConsumerInfo

from shared.bus.feed import ask
from shared.bus.topology import facts_stream

_TEAMS = {
    "intake": "相談",
    "coordination": "調整・プラン",
    "outreach": "アウトリーチ",
    "participation": "参加支援",
    "community": "地域づくり",
    "reporting": "計画の指標",
}
_WAIT_S = 2.0
_MANY = 100


@dataclass(frozen=True)
class Reader:
    """One team that hears another's facts."""

    team: str
    behind: int
    waiting: int
    words: str
    tone: str


@dataclass(frozen=True)
class Stream:
    """What one team has told."""

    team: str
    last: int | None
    words: str
    tone: str
    readers: list[Reader]
    parked_href: str
    """The team's own page of what it could not apply."""
    parked: int = 0
    """Facts of others that this team could not apply."""


async def streams_now(client: Client | None, city: str) -> list[Stream] | None:
    """All teams side by side; None when the broker does not answer at all."""
    if client is None or not client.is_connected:
        return None
    return list(await asyncio.gather(*(_stream(client, city, team) for team in _TEAMS)))


async def _stream(client: Client, city: str, team: str) -> Stream:
    """The team itself says how far it has told; the broker, how far the others have heard."""
    name = _TEAMS[team]
    try:
        page = await ask(client, city, team, after=0, limit=0)
        last, words, tone, parked = page.head, "動いています", "good", page.parked
        if parked:
            words, tone = f"保留 {parked}件。内容を確かめてください", "bad"
    except (nats.errors.Error, TimeoutError):
        last, words, tone, parked = None, "サービスから返事がありません", "bad", 0
    context = client.jetstream(timeout=_WAIT_S)
    heard = await asyncio.gather(*(_heard(context, team, reader) for reader in _TEAMS))
    readers = [reader for reader in heard if reader]
    return Stream(name, last, words, tone, readers, f"/{team}/parked", parked)


async def _heard(context: JetStreamContext, team: str, reader: str) -> Reader | None:
    """None for a team that does not listen to this one."""
    try:
        return _reader(await context.consumer_info(facts_stream(team), reader))
    except nats.js.errors.NotFoundError:
        return None
    except (nats.errors.Error, TimeoutError):
        return Reader(_TEAMS[reader], 0, 0, "メッセージ基盤から返事がありません", "bad")


def _reader(found: ConsumerInfo) -> Reader:
    team = _TEAMS.get(found.name or "", found.name or "")
    behind, waiting = found.num_pending or 0, found.num_ack_pending or 0
    if behind + waiting == 0:
        return Reader(team, 0, 0, "追いついています", "good")
    if not found.num_waiting and not waiting:
        return Reader(
            team, behind, waiting, "止まっています。サービスの動作を確かめてください", "bad"
        )
    if found.num_redelivered:
        return Reader(team, behind, waiting, "同じ知らせをやり直しています", "warn")
    words = "遅れています" if behind > _MANY else "受け取っています"
    return Reader(team, behind, waiting, words, "warn" if behind > _MANY else "info")
