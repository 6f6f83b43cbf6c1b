"""Sealing what is handed over, in the very transaction that decides it.

The row exists exactly when the event does; the courier sends it, and empties it after the
receiver's receipt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from shared.contracts.handover import Handover
from shared.privacy.seal import seal
from shared.sourcing.log import Connection, ReadModel, Recorded


class NoReceiver(Exception):
    """There is no public key to seal to: nothing may leave."""


def handover_model(
    handovers: Callable[[Any], Handover | None], public_keys_dir: Path | None
) -> tuple[ReadModel, ...]:
    """The read model that fills the table `handovers` from the events that hand something over."""

    async def project(db: Connection, batch: Sequence[Recorded[Any]]) -> None:
        for recorded in batch:
            handover = handovers(recorded.event)
            if handover is not None:
                await db.execute(
                    _INSERT,
                    handover.handover_id,
                    handover.case_id,
                    handover.to_team,
                    _sealed(handover, public_keys_dir),
                    handover.basis.model_dump_json().encode(),
                )

    purge = "UPDATE handovers SET sealed = NULL WHERE case_id = $1"
    return (ReadModel("handovers", (), project, purge),)


def _sealed(handover: Handover, public_keys_dir: Path | None) -> bytes:
    path = (public_keys_dir or Path()) / f"{handover.to_team}.public"
    if public_keys_dir is None or not path.exists():
        raise NoReceiver(handover.to_team)
    return seal(path.read_bytes(), handover.model_dump_json().encode(), handover.handover_id.bytes)


_INSERT = """INSERT INTO handovers (handover_id, case_id, to_team, sealed, basis)
VALUES ($1, $2, $3, $4, $5)"""
