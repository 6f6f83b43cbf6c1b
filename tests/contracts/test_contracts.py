"""Facts only grow, and none of them tells who somebody is."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

import pytest
from pydantic import Field

from shared.contracts.fact import CaseFact, Code, Fact
from shared.contracts.schemas import all_facts, schema_of
from tests.contracts.snapshots import (
    COMMAND,
    Schema,
    losses,
    snapshots,
)

FACTS = all_facts()
KEPT = snapshots()

PERSONAL = {
    *("name", "kana", "address", "town", "phone", "tel", "email", "mail", "born_on", "birthday"),
    *("narrative", "story", "wishes", "content", "text", "note", "notes", "comment", "remark"),
    *("age", "household", "members", "family", "staff", "worker", "nurse", "sex", "gender"),
}
PUBLIC = {
    ("ResourceRegistered", "name"),
    ("ResourceCorrected", "name"),
    ("ResourceRegistered", "town"),
    ("ResourceCorrected", "town"),
    ("ActivityRecorded", "story"),
    ("ActivityCorrected", "story"),
}
"""A public place by its name and town, and what is written to be published (ADR 0012)."""

LONGEST_CODE = 64


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_has_its_snapshot(name: str) -> None:
    assert name in KEPT, f"{name} has no snapshot yet: run `{COMMAND}` and commit what it wrote"


@pytest.mark.parametrize("name", KEPT)
def test_a_fact_that_was_told_once_is_told_for_ever(name: str) -> None:
    assert name in FACTS, f"{name} is gone, but stores and other systems hold it: bring it back"


@pytest.mark.parametrize("name", sorted(FACTS.keys() & KEPT.keys()))
def test_contracts_only_grow(name: str) -> None:
    lost = losses(KEPT[name], schema_of(FACTS[name]))
    assert not lost, (
        f"{name}: {'; '.join(lost)}. A contract is additive only: give new fields a default, and "
        "tell a new meaning as a new fact"
    )


@pytest.mark.parametrize("name", sorted(FACTS.keys() & KEPT.keys()))
def test_the_snapshot_says_what_the_code_says(name: str) -> None:
    assert KEPT[name] == schema_of(FACTS[name]), f"{name} has grown: run `{COMMAND}` and commit it"


@pytest.mark.parametrize("name", FACTS)
def test_no_fact_tells_who_somebody_is(name: str) -> None:
    assert not telling(FACTS[name])


def telling(fact: type[Fact]) -> list[str]:
    """Fields by which a fact could carry a person, a story or a time of day."""
    schema = schema_of(fact)
    found = []
    for name, field in schema["properties"].items():
        if (fact.__name__, name) in PUBLIC:
            continue
        if name in PERSONAL or PERSONAL & set(name.split("_")) - {"age", "household", "nurse"}:
            found.append(f"{fact.__name__}.{name} looks personal: it belongs into the hand-over")
        found += [f"{fact.__name__}.{name}: {wrong}" for wrong in _loose(field, schema)]
    return found


def _loose(field: Schema, root: Schema) -> list[str]:
    """Free text and times of day, however deep."""
    wrong = []
    for part in (field, *field.get("anyOf", ()), field.get("items", {})):
        if "$ref" in part:
            wrong += _loose(root["$defs"][part["$ref"].rpartition("/")[2]], root)
        if part.get("format") == "date-time":
            wrong.append("a fact knows the day only")
        bare = part.get("type") == "string" and not {"format", "enum", "const"} & part.keys()
        if bare and part.get("maxLength", LONGEST_CODE + 1) > LONGEST_CODE:
            wrong.append(f"free text; use a Code of at most {LONGEST_CODE} characters")
    return wrong


# The rules themselves, on contracts that somebody might write.


class Before(CaseFact):
    team: ClassVar[str] = "throwaway"
    visit_id: UUID
    reason: Code
    place: Literal["home", "street"] = "home"
    size: int | None = Field(default=None, ge=1, le=30)
    issues: tuple[Code, ...] = ()


class Grown(Before):
    met: bool = False
    place: Literal["home", "street", "school"] = "home"  # type: ignore[assignment]  # wider on purpose
    size: int | None = Field(default=None, ge=0, le=40)


class Broken(CaseFact):
    team: ClassVar[str] = "throwaway"
    reason: date
    place: Literal["home"] = "home"
    size: int = Field(default=1, ge=5)
    issues: tuple[int, ...] = ()
    district: Code


def test_a_contract_may_grow() -> None:
    assert losses(schema_of(Before), schema_of(Grown)) == []


def test_a_contract_may_not_shrink() -> None:
    lost = " | ".join(losses(schema_of(Before), schema_of(Broken)))
    for expected in (
        "visit_id is gone",
        "district became required",
        "reason: format date is new",
        "place: ",
        "size: null is no longer allowed",
        "size: integer is no longer allowed",
        "issues[]: was string, is integer",
    ):
        assert expected in lost


def test_a_field_others_count_on_stays_certain() -> None:
    kept = schema_of(Before)
    loose = kept | {"required": [one for one in kept["required"] if one != "reason"]}
    assert losses(kept, loose) == ["reason is no longer certain to be there"]


class Gossip(CaseFact):
    team: ClassVar[str] = "throwaway"
    kana: Code
    child_name: Code
    why: str
    at: datetime
    lines: tuple[str, ...] = ()
    reason: Code


def test_a_telling_fact_is_seen() -> None:
    found = " | ".join(telling(Gossip))
    for expected in ("kana looks", "child_name looks", "why: free", "at: a fact", "lines: free"):
        assert expected in found
    assert "reason" not in found
