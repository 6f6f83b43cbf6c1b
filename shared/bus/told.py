"""A fact as it travels: CloudEvents 1.0 in binary mode, with its place in the teller's feed.

The data bytes pass through as they were stored. Nothing here names a person or a time of day.
"""

from __future__ import annotations

import importlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import msgspec

from shared.contracts.fact import Fact
from shared.contracts.schemas import schema_path
from shared.sourcing.appending import FactRow

POSITION = "tsunagu-position"
EPOCH = "tsunagu-epoch"


class ForeignMessage(Exception):
    """Something on a fact subject that no team of ours has told."""


class UnknownFact(Exception):
    """A fact our contracts do not have: its teller is newer than we are."""


@dataclass(frozen=True, slots=True)
class Told:
    """One fact of one team. `position` has no holes within an `epoch` of the team's store."""

    team: str
    position: int
    fact_id: UUID
    type: str
    case_id: UUID | None
    occurred_on: date
    data: bytes
    meta: bytes
    epoch: UUID

    def fact(self) -> Fact:
        """The fact itself, checked against its contract."""
        return contract(self.team, self.type).model_validate_json(self.data)

    @property
    def traceparent(self) -> str | None:
        trace: str | None = json.loads(self.meta).get("trace")
        return trace


@cache
def contract(team: str, name: str) -> type[Fact]:
    """The class of a fact. Raises UnknownFact."""
    try:
        module = importlib.import_module(f"shared.contracts.{team}")
    except ModuleNotFoundError:
        raise UnknownFact(f"{team}.{name}") from None
    found = getattr(module, name, None)
    if not (isinstance(found, type) and issubclass(found, Fact)):
        raise UnknownFact(f"{team}.{name}")
    return found


def told_from_row(team: str, epoch: UUID, row: FactRow) -> Told:
    """A row of the table `facts`."""
    position, fact_id, name, case_id, data, occurred_on, meta, _ = row
    return Told(team, position, fact_id, name, case_id, occurred_on, data, meta, epoch)


def subject_of(city: str, told: Told) -> str:
    """`facts.<city>.<team>.<Fact>.<case_id or ->`"""
    return f"facts.{city}.{told.team}.{told.type}.{told.case_id or '-'}"


def headers_of(city: str, told: Told, site: str = "") -> dict[str, str]:
    """CloudEvents attributes, our place and epoch, and the trace. `site`: the city's address, where
    the schemas are served; without it readers get the path alone.
    """
    headers = {
        "Nats-Msg-Id": f"{told.epoch.hex[:8]}-{told.fact_id}",
        "ce-specversion": "1.0",
        "ce-id": str(told.fact_id),
        "ce-type": f"jp.tsunagu.{told.team}.{told.type}",
        "ce-source": f"/{city}/{told.team}",
        "ce-time": f"{told.occurred_on.isoformat()}T00:00:00+09:00",
        "ce-dataschema": site.rstrip("/") + schema_path(told.team, told.type),
        "content-type": "application/json",
        POSITION: str(told.position),
        EPOCH: str(told.epoch),
    }
    if told.case_id:
        headers["ce-subject"] = str(told.case_id)
    if told.meta != b"{}":
        headers["tsunagu-meta"] = told.meta.decode()
        if trace := told.traceparent:
            headers["traceparent"] = trace
    return headers


def told_from_message(headers: dict[str, str] | None, data: bytes) -> Told:
    """A message of a `FACTS_…` stream. Raises ForeignMessage."""
    try:
        given = headers or {}
        _, _, team, name = given["ce-type"].split(".")
        subject = given.get("ce-subject")
        return Told(
            team,
            int(given[POSITION]),
            UUID(given["ce-id"]),
            name,
            UUID(subject) if subject else None,
            date.fromisoformat(given["ce-time"][:10]),
            data,
            given.get("tsunagu-meta", "{}").encode(),
            UUID(given[EPOCH]),
        )
    except (KeyError, ValueError) as error:
        raise ForeignMessage(str(error)) from error


class FeedFact(msgspec.Struct):
    """One fact of a feed page; its data stays the bytes it was stored as."""

    position: int
    fact_id: UUID
    type: str
    case_id: UUID | None
    occurred_on: date
    data: msgspec.Raw
    meta: msgspec.Raw


class Page(msgspec.Struct):
    """A page of a team's facts after a position, and where the feed ends."""

    team: str
    epoch: UUID
    head: int
    facts: list[FeedFact]
    parked: int = 0
    """Facts this team has heard, could not apply, and keeps until people have looked."""

    def told(self) -> list[Told]:
        return [
            Told(
                self.team,
                f.position,
                f.fact_id,
                f.type,
                f.case_id,
                f.occurred_on,
                bytes(f.data),
                bytes(f.meta),
                self.epoch,
            )
            for f in self.facts
        ]


def envelope(told: Told) -> dict[str, Any]:
    """A fact as one JSON object, for parking it and for people who watch."""
    return {
        "team": told.team,
        "position": told.position,
        "fact_id": str(told.fact_id),
        "type": told.type,
        "case_id": str(told.case_id) if told.case_id else None,
        "occurred_on": told.occurred_on.isoformat(),
        "data": told.data.decode("utf-8", "replace"),
        "meta": told.meta.decode("utf-8", "replace"),
        "epoch": str(told.epoch),
    }


def told_from_envelope(values: dict[str, Any]) -> Told:
    """The inverse of `envelope`."""
    return Told(
        values["team"],
        values["position"],
        UUID(values["fact_id"]),
        values["type"],
        UUID(values["case_id"]) if values["case_id"] else None,
        date.fromisoformat(values["occurred_on"]),
        values["data"].encode(),
        values["meta"].encode(),
        UUID(values["epoch"]),
    )
