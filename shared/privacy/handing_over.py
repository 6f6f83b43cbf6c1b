"""Sealing what is handed over, in the very transaction that decides it.

The row exists exactly when the event does; the courier sends it, and empties it after the
receiver's receipt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from shared.contracts.handover import Handover
from shared.privacy.keys import Connection
from shared.privacy.seal import bound, seal
from shared.sourcing.log import Entry, ReadModel, Write


class NoReceiver(Exception):
    """There is no public key to seal to: nothing may leave."""


def handover_model(
    handovers: Callable[[Any], Handover | None], public_keys_dir: Path | None
) -> tuple[ReadModel, ...]:
    """The read model that fills the table `handovers` from the events that hand something over."""

    def project(batch: Sequence[Entry]) -> Iterator[Write]:
        found = (handovers(entry.event) for entry in batch)
        rows = [_row(handover, public_keys_dir) for handover in found if handover is not None]
        if rows:
            yield Write(_INSERT, rows)

    purge = "UPDATE handovers SET sealed = NULL WHERE case_id = $1"
    return (ReadModel("handovers", (), project, purge),)


@dataclass(frozen=True)
class Given:
    """One hand-over of a person's data to another team; what it held is not kept here."""

    given_at: datetime
    to_team: str
    ground: str
    """Kind of ground (`grounds.py`)."""
    reference: str
    received_at: datetime | None


@dataclass(frozen=True)
class Told:
    """An agency outside these services that was told of a person, by people and on a ground."""

    on: date
    agency: str
    ground: str
    """Kind of ground (`grounds.py`); empty: recorded before grounds were asked for."""


async def who_was_given(db: Connection, case_id: UUID) -> list[Given]:
    """「だれに、何を根拠に渡したか」 (N-01), newest first."""
    return [Given(*row) for row in await db.fetch(_GIVEN, case_id)]


def _row(handover: Handover, public_keys_dir: Path | None) -> dict[str, Any]:
    return {
        "handover_id": handover.handover_id,
        "case_id": handover.case_id,
        "to_team": handover.to_team,
        "sealed": _sealed(handover, public_keys_dir).hex(),
        "basis": handover.basis.model_dump(),
    }


def _sealed(handover: Handover, public_keys_dir: Path | None) -> bytes:
    path = (public_keys_dir or Path()) / f"{handover.to_team}.public"
    if public_keys_dir is None or not path.exists():
        raise NoReceiver(handover.to_team)
    aad = bound(handover.handover_id, handover.to_team, handover.case_id)
    return seal(path.read_bytes(), handover.model_dump_json().encode(), aad)


_GIVEN = """
SELECT created_at, to_team, basis->>'kind', coalesce(basis->>'reference', ''), received_at
FROM handovers WHERE case_id = $1 ORDER BY created_at DESC, handover_id
"""
_INSERT = """
INSERT INTO handovers (handover_id, case_id, to_team, sealed, basis)
SELECT n.handover_id, n.case_id, n.to_team, decode(n.sealed, 'hex'), n.basis
FROM json_to_recordset($1) AS n(handover_id uuid, case_id uuid, to_team text, sealed text,
                                basis json)
"""
