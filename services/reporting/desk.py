"""What a page of reporting may touch. It only reads: reporting decides and tells nothing."""

from __future__ import annotations

from dataclasses import dataclass

from shared.runtime.clock import Clock
from shared.runtime.office import Office
from shared.sourcing.log import Connection
from shared.vocabulary.city import City


@dataclass(frozen=True)
class Desk:
    db: Connection
    city: City
    clock: Clock


def open_desk(office: Office) -> Desk:
    return Desk(office.db, office.city, office.clock)
