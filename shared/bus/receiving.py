"""Hand-overs come in: each is opened, kept once, and erased from the broker.

The receiver erases the message from its stream, bytes and all, as soon as it has committed the
content. One that cannot be kept is parked and erased as well, so that it is in nobody's way: its
sender still has it and offers it again, and it is kept as soon as the cause is mended.
"""

from __future__ import annotations

import asyncio
import traceback
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import structlog
from faststream.nats import NatsBroker, NatsMessage
from nats.js.errors import APIError, NotFoundError

from shared.bus.applying import PASSES, MakeOffice, passes
from shared.bus.consumer import AGAIN_S, LOOK_S, subscribe
from shared.bus.courier import HANDOVER_ID
from shared.bus.parking import handover_kept, park_handover
from shared.bus.status import BusStatus
from shared.bus.topology import ensure_handover_stream, ensure_reader, handover_stream
from shared.contracts.handover import Handover
from shared.privacy.keys import SubjectForgotten
from shared.privacy.seal import Unsealable, bound, open_sealed
from shared.runtime.crashpoint import crashpoint
from shared.runtime.service import Service
from shared.sourcing.log import Origin
from shared.sourcing.store import Store

log = structlog.get_logger(__name__)

GONE = (10037, 10043, 10057)
"""No such message, no such sequence, not deletable because it is not there."""


class Receiver:
    """Takes what other teams hand over to this service."""

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

    async def run(self, key_file: Path, replicas: int) -> None:
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
                self._status.trouble("reader", None)
            except (*PASSES, NotFoundError) as error:
                self._status.trouble("reader", f"{type(error).__name__}: {error}")
            await asyncio.sleep(LOOK_S)

    async def stop(self) -> None:
        if self._subscriber:
            await self._subscriber.stop()

    async def _receive(self, private: bytes, message: NatsMessage) -> None:
        """Kept or parked, then erased, then acknowledged: in this order, or it comes again."""
        raw = message.raw_message
        try:
            handover_id = UUID((raw.headers or {})[HANDOVER_ID])
            case_id = UUID(raw.subject.rpartition(".")[2])
        except (KeyError, ValueError) as error:
            log.error("handover.foreign", error=type(error).__name__)
            await message.reject()
            return
        try:
            await self._keep_or_park(private, handover_id, case_id, raw.data)
            crashpoint("handover.before_erase")
            # Not acknowledged before: an acknowledged message leaves its bytes on the broker's
            # disk.
            await self._erase(raw.metadata.sequence.stream)
        except Exception as error:  # noqa: BLE001 - told by its kind, and the message comes again
            log.warning("handover.again", handover_id=str(handover_id), error=_where(error))
            # The kind alone: its words may quote the personal part, and readiness shows them.
            self._status.trouble("receiving", type(error).__name__)
            await message.nack(delay=AGAIN_S)
            return
        await message.ack()
        self._status.trouble("receiving", None)

    async def _keep_or_park(
        self, private: bytes, handover_id: UUID, case_id: UUID, sealed: bytes
    ) -> None:
        try:
            await self._keep(self._opened(private, handover_id, case_id, sealed))
        except Exception as error:
            if passes(error):
                raise
            kind = type(error).__name__
            log.error("handover.parked", handover_id=str(handover_id), error=_where(error))
            async with self._store.begin() as transaction:
                await park_handover(transaction.db, handover_id, case_id, kind)

    def _opened(self, private: bytes, handover_id: UUID, case_id: UUID, sealed: bytes) -> Handover:
        """What is in the box. It must be what its outside says: this id, this case, for us."""
        team = self._service.team
        plain = open_sealed(private, sealed, bound(handover_id, team, case_id))
        handover = Handover.model_validate_json(plain)
        inside = (handover.handover_id, handover.case_id, handover.to_team)
        if inside != (handover_id, case_id, team):
            raise Unsealable("the box says something else than its outside")
        return handover

    async def _keep(self, handover: Handover) -> None:
        try:
            await self._accept(handover)
        except SubjectForgotten:
            # There is nothing to keep of somebody who was erased here, and the sender need not
            # keep it for us either: the receipt lets its copy go.
            log.info("handover.forgotten", handover_id=str(handover.handover_id))
            await self._accept(handover.emptied())

    async def _accept(self, handover: Handover) -> None:
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
            await handover_kept(transaction.db, handover.handover_id)

    async def _erase(self, sequence: int) -> None:
        """Overwrite the message on the broker's disk. Gone already is as good."""
        js = self._broker.connection.jetstream()
        try:
            await js.delete_msg(handover_stream(self._service.team), sequence)
        except APIError as error:
            if error.err_code not in GONE and not isinstance(error, NotFoundError):
                raise


def _where(error: Exception) -> str:
    """The kind of an error and where it arose. Its words may quote the personal part."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames[-5:]))
    return f"{type(error).__name__} {places}"
