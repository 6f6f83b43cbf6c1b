"""The one write path: load, fold, decide, append at the expected version; a conflict is tried
again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Concatenate, Generic, ParamSpec
from uuid import UUID, uuid5

from shared.sourcing.decider import Decider, E, Refused, S, verb_of
from shared.sourcing.log import Append, KeyReused, Log, Origin, Receipt, Recorded, VersionConflict

P = ParamSpec("P")

ATTEMPTS = 4
"""The first attempt may use a remembered state; three more read the stream."""


@dataclass(frozen=True, slots=True)
class Acted(Generic[E]):
    """What a command did. `position` is what a reader may wait for; `replayed` says it had been
    done before.
    """

    events: tuple[E, ...]
    version: int
    position: int
    replayed: bool = False


class Streams(Generic[S, E]):
    """All streams of one kind, as one person or reaction may change them."""

    def __init__(self, log: Log, decider: Decider[S, E], origin: Origin) -> None:
        self._log = log
        self._decider = decider
        self._origin = origin

    async def act(
        self,
        stream_id: UUID,
        decide: Callable[Concatenate[S, P], Sequence[E]],
        *args: P.args,
        **facts: P.kwargs,
    ) -> Acted[E]:
        """Decide on today's state and store what follows. Raises Refused, KeyReused or, under
        endless contention, VersionConflict.
        """
        return await self._act(
            stream_id,
            self._log.remembered(stream_id),
            lambda s: decide(s, *args, **facts),
            verb_of(decide),
        )

    async def start(
        self,
        stream_id: UUID,
        decide: Callable[Concatenate[S, P], Sequence[E]],
        *args: P.args,
        **facts: P.kwargs,
    ) -> Acted[E]:
        """Like `act`, for a stream that was just given its id: taken for empty, so nothing is read.

        A stream that exists after all (a repeated command) conflicts, is read, and decided on
        again.
        """
        return await self._act(
            stream_id,
            (0, self._decider.initial),
            lambda s: decide(s, *args, **facts),
            verb_of(decide),
        )

    async def _act(
        self,
        stream_id: UUID,
        kept: tuple[int, S] | None,
        decide: Callable[[S], Sequence[E]],
        verb: str,
    ) -> Acted[E]:
        command_id = self._command_id(stream_id, verb)
        for attempt in range(ATTEMPTS):
            kept = kept if attempt == 0 else None
            version, state = kept or await self._read(stream_id)
            try:
                events = decide(state)
            except Refused:
                if kept:  # perhaps a state of yesterday said no: ask today's
                    continue
                if answered := await self._answered(command_id):
                    return answered
                raise
            if not events and kept:
                continue
            if not events and not command_id:
                return Acted((), version, 0)
            try:
                return await self._append(stream_id, version, state, events, command_id)
            except VersionConflict:
                continue
        raise VersionConflict(f"{self._decider.category} {stream_id}")

    async def state(self, stream_id: UUID) -> S:
        """The state of a stream now; the empty state when nothing happened yet."""
        return (await self._read(stream_id))[1]

    async def history(self, stream_id: UUID) -> list[Recorded[E]]:
        """Everything that happened to a stream, oldest first."""
        return await self._log.load(self._decider, stream_id)

    def _command_id(self, stream_id: UUID, verb: str) -> UUID | None:
        """One request may act on several streams: each act gets an id of its own, the same at every
        retry.
        """
        given = self._origin.command_id
        return uuid5(given, f"{self._decider.category}:{stream_id}:{verb}") if given else None

    async def _answered(self, command_id: UUID | None) -> Acted[E] | None:
        receipt = await self._log.known(command_id) if command_id else None
        return self._again(receipt) if receipt else None

    def _again(self, receipt: Receipt) -> Acted[E]:
        """The answer of before, if it answers what was sent now. A command that changed nothing
        left no event to compare with.
        """
        ours = receipt.command is not None and receipt.command == self._origin.command_id
        if ours and receipt.sent and self._origin.sent and receipt.sent != self._origin.sent:
            raise KeyReused(f"{self._decider.category} {receipt.command}")
        return Acted((), receipt.version, receipt.position, replayed=True)

    async def _read(self, stream_id: UUID) -> tuple[int, S]:
        history = await self._log.load(self._decider, stream_id)
        return len(history), self._decider.fold(r.event for r in history)

    async def _append(
        self,
        stream_id: UUID,
        version: int,
        state: S,
        events: Sequence[E],
        command_id: UUID | None,
    ) -> Acted[E]:
        sheets = await self._log.encode(self._decider, stream_id, version, events, self._origin)
        receipt: Receipt = await self._log.append(
            Append(stream_id, version, command_id, self._origin, sheets)
        )
        if receipt.known:
            return self._again(receipt)
        after = state
        for event in events:
            after = self._decider.evolve(after, event)
        self._log.remember(stream_id, receipt.version, after)
        return Acted(tuple(events), receipt.version, receipt.position)
