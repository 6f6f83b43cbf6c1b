"""One fact at a time, once, in order: its effects and the consumed position commit together.

Next is applied, lower was applied already, higher means something is missing and is fetched from
the teller's feed first. A fact that cannot be applied is parked together with the position; later
facts of its case queue behind it, other cases go on.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid5

import asyncpg
import nats.errors
import structlog

from shared.bus.status import SourceStatus
from shared.bus.told import Page, Told, envelope
from shared.runtime.crashpoint import crashpoint
from shared.runtime.office import Office
from shared.runtime.service import Service
from shared.sourcing.decider import Refused
from shared.sourcing.log import Connection, Log, Origin
from shared.sourcing.store import Store
from shared.sourcing.transaction import Transaction

log = structlog.get_logger(__name__)

PASSES = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    nats.errors.Error,
    OSError,
    TimeoutError,
)
"""Troubles of the machinery, not of the fact: they pass, and the fact is tried again."""


def passes(error: Exception) -> bool:
    """Is it the machinery's trouble? asyncpg calls a wrong query argument an InterfaceError too:
    that one is the fact's, or ours, and trying again would stop every other case.
    """
    return isinstance(error, PASSES) and not isinstance(error, ValueError)


def kind_of(error: Exception) -> str:
    """What is kept of an error beside a parked fact: its class, and the code of a refusal. Never
    its words: they may quote a personal value, which forgetting would not find there.
    """
    return f"{type(error).__name__}: {error.code if isinstance(error, Refused) else 'not applied'}"


Ask = Callable[[str, int], Awaitable[Page]]
MakeOffice = Callable[[Log, Connection, Origin], Office]

RECEIPT = "HandoverReceived"


class Applier:
    """Applies the facts of one source to one service."""

    def __init__(
        self, service: Service, store: Store, office: MakeOffice, ask: Ask, status: SourceStatus
    ) -> None:
        self._service = service
        self._store = store
        self._office = office
        self._ask = ask
        self._status = status
        self._source = status.source
        self._turn = asyncio.Lock()

    async def take(self, told: Told) -> None:
        """Apply what was delivered. Returns when it may be acknowledged; raises one of PASSES to be
        asked again.
        """
        async with self._turn:
            position, epoch = await self.consumed()
            if epoch != told.epoch:
                await self._adopt(epoch, told)
                position, epoch = await self.consumed()
                if epoch != told.epoch:
                    return  # told before that store was restored: its new history says otherwise
            if told.position > position + 1:
                await self._fetch(until=told.position - 1)
            await self._apply(told)  # does nothing when the feed has meanwhile changed its epoch

    async def catch_up(self) -> int:
        """Read everything the feed has beyond our position. Returns the feed's head."""
        async with self._turn:
            position, epoch = await self.consumed()
            first = await self._ask(self._source, position)
            if first.epoch != epoch:
                await self._begin(first.epoch)
            return await self._fetch(until=None)

    async def consumed(self) -> tuple[int, UUID | None]:
        """(last applied position, epoch it belongs to)"""
        row = await self._store.pool.fetchrow(
            "SELECT position, epoch FROM consumed WHERE source = $1", self._source
        )
        return (row["position"], row["epoch"]) if row else (0, None)

    async def _adopt(self, epoch: UUID | None, told: Told) -> None:
        """An epoch we do not follow: the feed decides which one is true today."""
        today = told.epoch if epoch is None else (await self._ask(self._source, 0)).epoch
        if today != epoch:
            await self._begin(today)

    async def _begin(self, epoch: UUID) -> None:
        """Follow this epoch from its first fact. What we did for a fact before is known by its
        command id; what was parked of the history before goes, and the new one parks what it must.
        """
        log.info("bus.epoch", source=self._source, epoch=str(epoch))
        async with self._store.begin() as transaction:
            await transaction.db.execute(_BEGIN, self._source, epoch)
            await transaction.db.execute(_GHOSTS, self._source, str(epoch))

    async def _fetch(self, until: int | None) -> int:
        while True:
            position, epoch = await self.consumed()
            page = await self._ask(self._source, position)
            if page.epoch != epoch:
                await self._begin(page.epoch)
                continue
            self._status.head = page.head
            for told in page.told():
                if until is None or told.position <= until:
                    await self._apply(told)
            reached = page.facts[-1].position if page.facts else page.head
            if reached >= min(until or page.head, page.head):
                return page.head

    async def _apply(self, told: Told) -> None:
        reaction = self._service.reactions and self._service.reactions.to(told.team, told.type)
        if not reaction and told.type != RECEIPT:
            await self._store.pool.execute(_ADVANCE, self._source, told.position, told.epoch)
        else:
            try:
                await self._in_one_transaction(told)
            except Exception as error:
                if passes(error):
                    raise
                log.exception(
                    "bus.parked", source=self._source, position=told.position, type=told.type
                )
                async with self._store.begin() as transaction:
                    await self._park(transaction.db, told, kind_of(error))
        crashpoint("apply.after_commit")
        self._status.position = max(self._status.position, told.position)
        self._status.head = max(self._status.head, told.position)

    async def _in_one_transaction(self, told: Told) -> None:
        async with self._store.begin() as transaction:
            db = transaction.db
            if not await db.fetchval(_IS_NEXT, self._source, told.position, told.epoch):
                return
            if told.case_id and await db.fetchval(_BLOCKED, told.case_id):
                await self._park(db, told, "waits behind an earlier fact of this case")
                return
            await react(self._service, self._office, transaction, told)
            await db.execute(_ADVANCE, self._source, told.position, told.epoch)
            crashpoint("apply.before_commit")

    async def _park(self, db: Connection, told: Told, error: str) -> None:
        """Together with the position: the fact is neither lost nor in the way of other cases."""
        moved = await db.execute(_ADVANCE, self._source, told.position, told.epoch)
        if moved.endswith(" 1"):
            await park(db, told, error)


async def park(db: Connection, told: Told, error: str) -> None:
    """Put a fact aside, for people. The caller moves the position in the same transaction."""
    kept = json.dumps(envelope(told)).encode()
    await db.execute(
        _PARK, told.team, told.position, told.fact_id, told.type, told.case_id, kept, error
    )


async def react(service: Service, office: MakeOffice, transaction: Transaction, told: Told) -> None:
    """Our answer to one fact, inside the given transaction."""
    if told.type == RECEIPT:
        await transaction.db.execute(_RECEIPT, json.loads(told.data)["handover_id"], told.team)
    reaction = service.reactions and service.reactions.to(told.team, told.type)
    if reaction:
        origin = Origin(
            actor=f"reaction:{service.team}",
            command_id=uuid5(told.fact_id, told.type),
            causation_id=told.fact_id,
            traceparent=told.traceparent,
        )
        desk = service.desk(office(transaction, transaction.db, origin))
        await reaction.handle(told.fact(), desk)


_BEGIN = """INSERT INTO consumed (source, position, epoch) VALUES ($1, 0, $2)
            ON CONFLICT (source) DO UPDATE SET position = 0, epoch = EXCLUDED.epoch"""
# A fact of a history that is no more may never be applied, nor hold up its case.
_GHOSTS = """UPDATE parked SET released_at = clock_timestamp()
             WHERE source = $1 AND released_at IS NULL AND envelope->>'epoch' <> $2"""
_IS_NEXT = "SELECT true FROM consumed WHERE source = $1 AND position = $2 - 1 AND epoch = $3"
_ADVANCE = """UPDATE consumed SET position = $2
              WHERE source = $1 AND position = $2 - 1 AND epoch = $3"""
# A hand-over has no place in the order of facts: one that waits holds up no fact of its case.
_BLOCKED = """SELECT true FROM parked WHERE case_id = $1 AND source <> 'handover'
                AND released_at IS NULL LIMIT 1"""
_PARK = """INSERT INTO parked (source, position, fact_id, type, case_id, envelope, error)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (source, position) DO UPDATE
           SET fact_id = EXCLUDED.fact_id, type = EXCLUDED.type, case_id = EXCLUDED.case_id,
               envelope = EXCLUDED.envelope, error = EXCLUDED.error,
               parked_at = clock_timestamp(), released_at = NULL
           WHERE parked.fact_id <> EXCLUDED.fact_id OR parked.released_at IS NOT NULL"""
# A restored teller may have another fact at a position that was parked before: it takes the place
# of the one that no longer exists.
_RECEIPT = """UPDATE handovers SET received_at = clock_timestamp(), sealed = NULL
              WHERE handover_id = $1::uuid AND to_team = $2 AND received_at IS NULL"""
# Whom it was for says that it has come, and nobody else.
