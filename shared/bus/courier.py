"""Hand-overs go out: sealed personal parts, each offered until its receiver says that it has it.

The sender's own row is the truth until the receiver's receipt (the fact `HandoverReceived`) empties
it.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from uuid import UUID

import structlog
from faststream.nats import NatsBroker
from nats.js.errors import APIError, NotFoundError

from shared.bus.applying import PASSES
from shared.bus.consumer import LOOK_S
from shared.bus.status import BusStatus
from shared.bus.topology import handover_stream
from shared.runtime.crashpoint import crashpoint
from shared.sourcing.store import Store

log = structlog.get_logger(__name__)

HANDOVER_ID = "tsunagu-handover-id"
SEND_AGAIN_S = 10.0
"""Without a receipt for this long, a hand-over is offered to the broker again: it may have lost it.
"""

AT_ONCE = 25
"""Of one receiver in one round: however many wait for a team that is away, the others get theirs.
"""

_WAITING = """
SELECT handover_id, case_id, to_team, sealed FROM (
  SELECT *, row_number() OVER (PARTITION BY to_team ORDER BY created_at, handover_id) AS nth
  FROM handovers
  WHERE received_at IS NULL AND sealed IS NOT NULL
    AND (sent_at IS NULL OR sent_at < clock_timestamp() - make_interval(secs => $1))
) waiting
WHERE nth <= $2 ORDER BY created_at, handover_id
"""


class Courier:
    """Sends what this service hands over."""

    def __init__(self, store: Store, broker: NatsBroker, city: str, status: BusStatus) -> None:
        self._store = store
        self._broker = broker
        self._city = city
        self._status = status
        self.wake = asyncio.Event()

    async def send(self) -> None:
        """Until cancelled: put every sealed row on the bus until its receipt has come."""
        while True:
            self.wake.clear()
            try:
                self._status.trouble("sending", await self._send_waiting())
            except PASSES as error:
                self._status.trouble("sending", f"{type(error).__name__}: {error}")
            with suppress(TimeoutError):
                await asyncio.wait_for(self.wake.wait(), LOOK_S)

    async def _send_waiting(self) -> str | None:
        """Offer what has no receipt; a team that is not there yet does not hold up the others."""
        trouble = None
        rows = await self._store.pool.fetch(_WAITING, SEND_AGAIN_S, AT_ONCE)
        self._status.handovers_waiting = len(rows)
        for row in rows:
            try:
                await self._send(row["handover_id"], row["case_id"], row["to_team"], row["sealed"])
            except (*PASSES, NotFoundError) as error:
                trouble = f"{row['to_team']}: {type(error).__name__}: {error}"
        return trouble

    async def _send(self, handover_id: UUID, case_id: UUID, to_team: str, sealed: bytes) -> None:
        """One at a time per case and receiver: the broker refuses a second while the first still
        lies there.
        """
        subject = f"handover.{self._city}.{to_team}.{case_id}"
        headers = {HANDOVER_ID: str(handover_id), "Nats-Expected-Last-Subject-Sequence": "0"}
        try:
            await self._broker.connection.jetstream().publish(
                subject, sealed, timeout=5, stream=handover_stream(to_team), headers=headers
            )
        except APIError as error:
            if error.err_code != 10071:
                raise
        crashpoint("handover.after_send")
        await self._store.pool.execute(
            "UPDATE handovers SET sent_at = clock_timestamp() WHERE handover_id = $1", handover_id
        )
