"""Has every event been told that must be, and does each fact say what its event says?

Facts hold nothing personal, so what a service tells follows from its events without any key: the
personal fields are left out, as they are of somebody who was forgotten.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeAlias

from deploy.services import service_of
from deploy.verifying.findings import Finding
from shared.bus.told import UnknownFact, contract
from shared.contracts.fact import Fact
from shared.privacy.personal import personal_fields
from shared.sourcing.log import Connection

PAGE = 5_000
Read: TypeAlias = Callable[[bytes], Any]

_NAME = "知らせるべき出来事をすべて、そのとおりに知らせている"
_WORDS = {
    "missing": "知らせのない出来事",
    "extra": "知らせないはずの出来事の知らせ",
    "differs": "出来事と違う知らせ",
    "unreadable": "読めない出来事",
}


async def check_told(db: Connection, team: str) -> Finding:
    """Both ways: no fact without its event's word, no word without its fact."""
    service = service_of(team)
    reads = {
        f"{decider.category}.{cls.__name__}": _reader(cls, decider.upcasts.get(cls.__name__))
        for decider in service.deciders
        for cls in decider.events
    }
    found: Counter[str] = Counter()
    first = ""
    async for position, name, data, told, stored in db.cursor(_BOTH, prefetch=PAGE):
        trouble = _trouble(team, service.tell, reads.get(name), data, told, stored)
        found[trouble] += 1
        if trouble and not first:
            first = f"、最初は位置 {position} の {name}"
    wrong = "、".join(f"{words} {found[kind]} 件" for kind, words in _WORDS.items() if found[kind])
    return Finding(team, _NAME, not wrong, wrong + first or f"{found['']} 件の出来事を確認")


_BOTH = """
SELECT e.position, e.type, e.data, f.type, f.data
FROM events e LEFT JOIN facts f ON f.event_position = e.position ORDER BY e.position
"""


def _reader(cls: Any, upcast: Callable[[dict[str, Any]], dict[str, Any]] | None) -> Read:
    personal = dict.fromkeys(personal_fields(cls))

    def read(data: bytes) -> Any:
        values = json.loads(data)
        return cls.model_validate((upcast(values) if upcast else values) | personal)

    return read


def _trouble(
    team: str,
    tell: Callable[[Any], Fact | None],
    read: Read | None,
    data: bytes,
    told: str | None,
    stored: bytes | None,
) -> str:
    """What is wrong with this event's fact; empty when nothing is."""
    try:
        fact = tell(read(data)) if read else None
    except ValueError:
        read = None
    if read is None:
        return "unreadable"
    if fact is None or told is None or stored is None:
        return "" if fact is None and told is None else "extra" if fact is None else "missing"
    return "" if _says(team, told, stored) == fact else "differs"


def _says(team: str, name: str, stored: bytes) -> Fact | None:
    """As its contract reads it: a field that came later has its default in both."""
    try:
        return contract(team, name).model_validate_json(stored)
    except (UnknownFact, ValueError):
        return None
