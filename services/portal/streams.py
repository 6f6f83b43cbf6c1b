"""How far the facts of every team are told and heard, asked of the broker when the page is opened."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import nats.errors
import nats.js.errors

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
    last: int
    words: str
    tone: str
    readers: list[Reader]


async def streams_now(client: Any) -> list[Stream] | None:
    """All streams side by side; None when the broker does not answer at all."""
    if client is None or not client.is_connected:
        return None
    context = client.jetstream(timeout=_WAIT_S)
    return list(await asyncio.gather(*(_stream(context, team) for team in _TEAMS)))


async def _stream(context: Any, team: str) -> Stream:
    name = f"FACTS_{team.upper()}"
    try:
        state = (await context.stream_info(name)).state
        readers = await context.consumers_info(name)
    except nats.js.errors.NotFoundError:
        return Stream(_TEAMS[team], 0, "まだ何も知らせていません", "neutral", [])
    except (nats.errors.Error, TimeoutError):
        return Stream(_TEAMS[team], 0, "メッセージ基盤から返事がありません", "bad", [])
    heard = [_reader(one) for one in sorted(readers, key=lambda one: str(one.name))]
    return Stream(_TEAMS[team], state.last_seq, "動いています", "good", heard)


def _reader(found: Any) -> Reader:
    team = _TEAMS.get(found.name, found.name)
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
