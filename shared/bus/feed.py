"""A team's facts on request: pages from a position. It is how a gap is filled and how history is
read.

The broker's streams are only transport; the feed answers from the store itself.
"""

from __future__ import annotations

import json
from uuid import UUID

import asyncpg
import msgspec
from nats.aio.client import Client

from shared.bus.told import Page
from shared.sourcing.log import Connection

PAGE = 500
PAGE_BYTES = 600_000
"""A message of the broker is 1 MB at the most."""

ANSWER_S = 3.0

_ROWS = """SELECT position, fact_id, type, case_id, data, occurred_on, meta
           FROM facts WHERE position > $1 ORDER BY position LIMIT $2"""
_HEAD = """SELECT fact_position, epoch,
                  (SELECT count(*) FROM parked WHERE released_at IS NULL) AS parked FROM head"""
_decode = msgspec.json.Decoder(Page).decode


def feed_subject(city: str, team: str) -> str:
    return f"feed.{city}.{team}"


async def page(db: Connection, team: str, question: bytes) -> bytes:
    """Answer one question: `{"after": position, "limit": n}`."""
    asked = json.loads(question)
    after, limit = int(asked["after"]), min(int(asked.get("limit", PAGE)), PAGE)
    head = await db.fetchrow(_HEAD)
    rows = await db.fetch(_ROWS, after, limit) if limit else []
    return _written(team, head, rows)


def _written(team: str, head: asyncpg.Record | None, rows: list[asyncpg.Record]) -> bytes:
    parts: list[bytes] = []
    size = 0
    for row in rows:
        part = _fact(row)
        size += len(part)
        if parts and size > PAGE_BYTES:
            break
        parts.append(part)
    position, epoch = (head["fact_position"], head["epoch"]) if head else (0, UUID(int=0))
    parked = head["parked"] if head else 0
    answer = {"team": team, "epoch": str(epoch), "head": position, "parked": parked}
    begin = json.dumps(answer)[:-1]
    return begin.encode() + b',"facts":[' + b",".join(parts) + b"]}"


def _fact(row: asyncpg.Record) -> bytes:
    begin = json.dumps(
        {
            "position": row["position"],
            "fact_id": str(row["fact_id"]),
            "type": row["type"],
            "case_id": str(row["case_id"]) if row["case_id"] else None,
            "occurred_on": row["occurred_on"].isoformat(),
        }
    )[:-1]
    data: bytes = row["data"]
    meta: bytes = row["meta"]
    return begin.encode() + b',"data":' + data + b',"meta":' + meta + b"}"


async def ask(client: Client, city: str, team: str, after: int, limit: int = PAGE) -> Page:
    """A page of another team's feed. Raises nats errors when that team is not there to answer."""
    question = json.dumps({"after": after, "limit": limit}).encode()
    answer = await client.request(feed_subject(city, team), question, timeout=ANSWER_S)
    return _decode(answer.data)
