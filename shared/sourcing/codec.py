"""Events to bytes and back. Personal fields are sealed under their subject's key on the way in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

import asyncpg

from shared.contracts.fact import Fact
from shared.privacy.keys import SubjectKeys, aad_for
from shared.privacy.personal import from_text, personal_fields, to_text
from shared.runtime.clock import utc_now
from shared.sourcing.decider import Decider, E, Event
from shared.sourcing.ids import new_id
from shared.sourcing.log import Origin, Recorded, Sheet

Tell = Callable[[Event], Fact | None]
"""What a service says in public about one of its private events; None for silence."""


class UnknownEvent(Exception):
    """The store holds an event this version of the service does not know: the code is older than
    the data.
    """


class Codec:
    """Encodes and decodes the events of one service."""

    def __init__(self, tell: Tell, keys: SubjectKeys) -> None:
        self._tell = tell
        self.keys = keys

    async def encode(
        self,
        decider: Decider[Any, E],
        stream_id: UUID,
        version: int,
        events: Sequence[E],
        origin: Origin,
        db: Acquire,
    ) -> list[Sheet]:
        """Sheets for `events`, which will follow `version` of the stream."""
        subjects = {getattr(e, e.subject_field) for e in events if personal_fields(type(e))}
        if subjects and not self.keys.holds(subjects):
            async with db() as connection:
                await self.keys.need(connection, subjects)
        meta, fact_meta = _metas(origin)
        return [
            self._sheet(decider.category, stream_id, version + nth, event, meta, fact_meta)
            for nth, event in enumerate(events, 1)
        ]

    def _sheet(
        self,
        category: str,
        stream_id: UUID,
        version: int,
        event: Event,
        meta: bytes,
        fact_meta: bytes,
    ) -> Sheet:
        event_id = new_id()
        name = f"{category}.{type(event).__name__}"
        data = self._seal(event_id, event) if personal_fields(type(event)) else plain(event)
        digest = digest_of(event_id, stream_id, version, name, data, meta)
        fact = self._tell(event)
        if fact is None:
            return Sheet(stream_id, version, event_id, event, name, data, meta, digest)
        return Sheet(
            stream_id,
            version,
            event_id,
            event,
            name,
            data,
            meta,
            digest,
            type(fact).__name__,
            getattr(fact, "case_id", None),
            plain(fact),
            fact.occurred_on,
            fact_meta,
        )

    def _seal(self, event_id: UUID, event: Event) -> bytes:
        values = event.model_dump(mode="json")
        subject: UUID = getattr(event, event.subject_field)
        for name in personal_fields(type(event)):
            if values[name] is not None:
                text = to_text(values[name])
                values[name] = self.keys.encrypt(subject, aad_for(event_id, name, subject), text)
        return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()

    async def decode(
        self, decider: Decider[Any, E], rows: Iterable[asyncpg.Record], db: Acquire
    ) -> list[Recorded[E]]:
        """Stored rows (stream, version, position, event_id, type, data, meta, recorded_at) as
        events.
        """
        classes = {f"{decider.category}.{c.__name__}": c for c in decider.events}
        parsed = [(row, _class_of(classes, row["type"])) for row in rows]
        sealed = [(row, cls) for row, cls in parsed if personal_fields(cls)]
        if sealed:
            subjects = {UUID(json.loads(row["data"])[cls.subject_field]) for row, cls in sealed}
            if not self.keys.holds(subjects):
                async with db() as connection:
                    await self.keys.need(connection, subjects, create=False)
        return [self._recorded(decider, row, cls) for row, cls in parsed]

    def _recorded(self, decider: Decider[Any, E], row: asyncpg.Record, cls: type[E]) -> Recorded[E]:
        upcast = decider.upcasts.get(cls.__name__)
        if upcast is None and not personal_fields(cls):
            event = cls.model_validate_json(row["data"])
        else:
            values = json.loads(row["data"])
            values = upcast(values) if upcast else values
            event = cls.model_validate(self._open(row["event_id"], cls, values))
        return Recorded(
            row["stream"],
            row["version"],
            row["position"],
            row["event_id"],
            event,
            row["recorded_at"],
            _origin(row["meta"]),
        )

    def _open(self, event_id: UUID, cls: type[Event], values: dict[str, Any]) -> dict[str, Any]:
        for name in personal_fields(cls):
            if values.get(name) is not None:
                subject = UUID(values[cls.subject_field])
                text = self.keys.decrypt(subject, aad_for(event_id, name, subject), values[name])
                values[name] = None if text is None else from_text(text)
        return values


Acquire = Callable[[], Any]
"""Gives an async context with a connection: the pool's, or a transaction's own."""


def plain(model: Event | Fact) -> bytes:
    """The model as JSON bytes, by pydantic's own serializer (2 us; the method on the model costs
    twice that).
    """
    return type(model).__pydantic_serializer__.to_json(model)


def digest_of(
    event_id: UUID, stream_id: UUID, version: int, name: str, data: bytes, meta: bytes
) -> bytes:
    """What the hash chain links: what happened, to which stream, at which version, who said it and
    when (`at` in meta).

    Left out are the position, which the chain's order says, and `recorded_at`: the moment of the
    commit is known only when the digest is made already, so changing it alone is not seen. What
    must stand before an auditor is `at`.
    """
    head = b"%b%b%d:%b:%d:" % (
        event_id.bytes,
        stream_id.bytes,
        version,
        name.encode(),
        len(data),
    )
    return hashlib.sha256(head + data + meta).digest()


def _class_of(classes: dict[str, type[E]], name: str) -> type[E]:
    found = classes.get(name)
    if found is None:
        raise UnknownEvent(name)
    return found


def _metas(origin: Origin) -> tuple[bytes, bytes]:
    """(meta of the events, meta of the facts). The public one names the agency, never the person
    who acted.
    """
    public, private = _circumstances(origin.actor, origin.agency)
    shared = public
    if origin.causation_id:
        shared += f',"causation":"{origin.causation_id}"'
    if origin.traceparent:
        shared += f',"trace":{json.dumps(origin.traceparent)}'
    meta = f'{{"at":"{utc_now().isoformat()}"{private}{shared}'
    if origin.command_id:
        meta += f',"command":"{origin.command_id}"'
    if origin.sent:
        meta += f',"sent":"{origin.sent}"'
    return (meta + "}").encode(), f"{{{shared[1:]}}}".encode()


@lru_cache(maxsize=4096)
def _circumstances(actor: str, agency: str | None) -> tuple[str, str]:
    """The parts of the metas that are the same for all a person does: written as JSON once."""
    public = f',"agency":{json.dumps(agency)}' if agency else ""
    return public, f',"actor":{json.dumps(actor)}'


def _origin(meta: bytes) -> Origin:
    values = json.loads(meta)
    command, cause = values.get("command"), values.get("causation")
    return Origin(
        values["actor"],
        values.get("agency"),
        UUID(command) if command else None,
        UUID(cause) if cause else None,
        values.get("trace"),
        values.get("sent"),
    )
