"""Hand-overs: sealed personal parts from one team to another, each delivered, kept once, and
erased.

The sender's own row is the truth until the receiver's receipt (the fact `HandoverReceived`) empties
it. The receiver erases the message from its stream, bytes and all, as soon as it has committed the
content.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import structlog
from faststream.nats import NatsBroker, NatsMessage
from nats.js.errors import APIError, NotFoundError

from shared.bus.applying import PASSES, MakeOffice
from shared.bus.consumer import AGAIN_S, LOOK_S, subscribe
from shared.bus.status import BusStatus
from shared.bus.topology import ensure_handover_stream, ensure_reader, handover_stream
from shared.contracts.handover import Handover
from shared.privacy.seal import Unsealable, open_sealed
from shared.runtime.crashpoint import crashpoint
from shared.runtime.service import Service
from shared.sourcing.log import Origin
from shared.sourcing.store import Store

log = structlog.get_logger(__name__)

HANDOVER_ID = "tsunagu-handover-id"
GONE = (10037, 10043, 10057)
"""No such message, no such sequence, not deletable because it is not there."""

SEND_AGAIN_S = 10.0
"""Without a receipt for this long, a hand-over is offered to the broker again: it may have lost it.
"""

_WAITING = """SELECT handover_id, case_id, to_team, sealed FROM handovers
               WHERE received_at IS NULL AND sealed IS NOT NULL
                 AND (sent_at IS NULL OR sent_at < clock_timestamp() - make_interval(secs => $1))
               ORDER BY created_at LIMIT 100"""


class Courier:
    """Sends what this service hands over and receives what others hand to it."""

    def __init__(
        self,
        service: Service,
        store: Store,
        broker: NatsBroker,
        city: str,
        office: MakeOffice,
        status: BusStatus,
    ) -> None:
        self._service = service
        self._store = store
        self._broker = broker
        self._city = city
        self._office = office
        self._status = status
        self._subscriber: Any = None
        self.wake = asyncio.Event()

    async def send(self) -> None:
        """Until cancelled: put every sealed row on the bus until its receipt has come."""
        while True:
            self.wake.clear()
            try:
                self._trouble("sending", await self._send_waiting())
            except PASSES as error:
                self._trouble("sending", f"{type(error).__name__}: {error}")
            with suppress(TimeoutError):
                await asyncio.wait_for(self.wake.wait(), LOOK_S)

    async def _send_waiting(self) -> str | None:
        """Offer what has no receipt; a team that is not there yet does not hold up the others."""
        trouble = None
        rows = await self._store.pool.fetch(_WAITING, SEND_AGAIN_S)
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

    async def receive(self, key_file: Path, replicas: int) -> None:
        """Until cancelled: keep our stream, its reader and the subscription alive."""
        private = await asyncio.to_thread(key_file.read_bytes)

        async def deliver(message: NatsMessage) -> None:
            await self._receive(private, message)

        team, stream = self._service.team, handover_stream(self._service.team)
        while True:
            try:
                js = self._broker.connection.jetstream()
                await ensure_handover_stream(js, self._city, team, replicas)
                await ensure_reader(js, stream, team, 0)
                if self._subscriber is None:
                    subject = f"handover.{self._city}.{team}.>"
                    subscriber = subscribe(self._broker, subject, stream, team, deliver)
                    await subscriber.start()
                    self._subscriber = subscriber
                self._trouble("reader", None)
            except (*PASSES, NotFoundError) as error:
                self._trouble("reader", f"{type(error).__name__}: {error}")
            await asyncio.sleep(LOOK_S)

    async def stop(self) -> None:
        if self._subscriber:
            await self._subscriber.stop()

    async def _receive(self, private: bytes, message: NatsMessage) -> None:
        raw = message.raw_message
        try:
            handover_id = UUID((raw.headers or {})[HANDOVER_ID])
            handover = Handover.model_validate_json(
                open_sealed(private, raw.data, handover_id.bytes)
            )
        except (KeyError, ValueError, Unsealable) as error:
            # Nobody can read it here; the sender still has it and its operators see no receipt.
            log.error("handover.unreadable", error=type(error).__name__)
            self._trouble("receiving", f"unreadable: {type(error).__name__}")
            await message.reject()
            return
        try:
            await self._keep(handover)
        except Exception as error:
            log.exception("handover.again", handover_id=str(handover.handover_id))
            # The kind alone: its words may quote the personal part, and readiness shows them.
            self._trouble("receiving", type(error).__name__)
            await message.nack(delay=AGAIN_S if isinstance(error, PASSES) else 30.0)
            return
        crashpoint("handover.before_erase")
        try:
            await self._erase(raw.metadata.sequence.stream)
        except (*PASSES, APIError) as error:
            # Not acknowledged: an acknowledged message leaves its bytes on the broker's disk.
            self._trouble("receiving", f"not erased: {type(error).__name__}: {error}")
            await message.nack(delay=AGAIN_S)
            return
        await message.ack()
        self._trouble("receiving", None)

    def _trouble(self, part: str, error: str | None) -> None:
        """What readiness says of this part from now on."""
        if error:
            self._status.handovers[part] = error
        else:
            self._status.handovers.pop(part, None)

    async def _erase(self, sequence: int) -> None:
        """Overwrite the message on the broker's disk. Gone already is as good."""
        js = self._broker.connection.jetstream()
        try:
            await js.delete_msg(handover_stream(self._service.team), sequence)
        except APIError as error:
            if error.err_code not in GONE and not isinstance(error, NotFoundError):
                raise

    async def _keep(self, handover: Handover) -> None:
        if self._service.accept is None:
            raise NotImplementedError(f"{self._service.team} takes no hand-overs")
        origin = Origin(
            actor=f"reaction:{self._service.team}",
            command_id=uuid5(handover.handover_id, "accept"),
            causation_id=handover.handover_id,
        )
        async with self._store.begin() as transaction:
            desk = self._service.desk(self._office(transaction, transaction.db, origin))
            await self._service.accept(handover, desk)
