"""The desk of a request: where decisions are written and lists are read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, cast
from uuid import UUID, uuid5

from fastapi import Depends
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from shared.privacy.access import Staff
from shared.sourcing.log import Connection, Origin
from shared.web.forms import MOST_FIELDS

COMMAND_FIELD = "command_id"
_LONGEST_KEY = 200
_KEYS = UUID("6f1f4c1e-7d0c-5b8f-9f43-0c2a3e1d7b55")


async def command_id_of(request: Request) -> UUID | None:
    """The id this very command carries (header or hidden field), bound to person, agency and
    address.

    Bound, because the same key of somebody else, or on another address, is another command.
    """
    given = request.headers.get("idempotency-key")
    if given is None and "form" in request.headers.get("content-type", ""):
        field = (await request.form(max_fields=MOST_FIELDS)).get(COMMAND_FIELD)
        given = None if isinstance(field, UploadFile) else field
    if not given:
        return None
    if len(given) > _LONGEST_KEY:
        raise HTTPException(400, "Idempotency-Key が長すぎます。")
    staff: Staff | None = request.state.staff
    who = staff.staff_id if staff else "-"
    agency = staff.agency if staff else None  # two offices may have named their systems alike
    return uuid5(_KEYS, f"{who} {agency or '-'} {request.method} {request.url.path} {given}")


async def sent_of(request: Request) -> str | None:
    """A digest of the JSON that came with an Idempotency-Key; the order of its fields is nothing.

    The key goes into it and is stored nowhere: what was sent cannot be guessed from the digest,
    which outlives the erasure of a person.
    """
    key = request.headers.get("idempotency-key")
    if not key or "json" not in request.headers.get("content-type", ""):
        return None
    body = await request.body()
    try:
        body = json.dumps(json.loads(body), sort_keys=True).encode()
    except ValueError:
        return None  # it is refused as it is
    return hashlib.sha256(key.encode() + b"\0" + body).hexdigest()[:32]


async def origin_of(
    request: Request, command_id: Annotated[UUID | None, Depends(command_id_of)]
) -> Origin:
    """Who asks and why, as it is stored with every event."""
    staff: Staff | None = request.state.staff
    return Origin(
        actor=staff.staff_id if staff else "public",
        agency=staff.agency if staff else None,
        command_id=command_id,
        traceparent=getattr(request.state, "traceparent", None),
        sent=await sent_of(request),
    )


async def desk_of(request: Request, origin: Annotated[Origin, Depends(origin_of)]) -> Any:
    """The service's desk for this request.

    `desk.db` is the pool itself, which takes a connection per statement: a request that held one
    while its decision waited for another could starve the pool.
    """
    host = request.app.state.host
    db = cast("Connection", host.store.pool)
    return host.service.desk(host.office(host.store, db, origin))


@asynccontextmanager
async def desk_of_one_commit(request: Request, origin: Origin) -> AsyncIterator[Any]:
    """A desk whose every change is one commit, made when the block ends: all of it, or nothing.

    Nobody else writes meanwhile, so the block holds decisions and no reading of files.
    """
    host = request.app.state.host
    async with host.store.begin() as transaction:
        yield host.service.desk(host.office(transaction, transaction.db, origin))
