"""Every contract there is, and its JSON Schema: what portal serves and what the snapshots keep."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from pydantic.json_schema import JsonSchemaValue

import shared.contracts
from shared.contracts.fact import CaseFact, Fact


@cache
def all_facts() -> dict[str, type[Fact]]:
    """Every fact by its name in full, such as `intake.CaseEscalated`."""
    found = {}
    for module in pkgutil.iter_modules(shared.contracts.__path__):
        for value in vars(import_module(f"shared.contracts.{module.name}")).values():
            told = isinstance(value, type) and issubclass(value, Fact)
            if told and value not in (Fact, CaseFact):
                found[f"{value.team}.{value.__name__}"] = value
    return dict(sorted(found.items()))


def schema_of(fact: type[Fact]) -> JsonSchemaValue:
    """What is promised: the JSON that goes over the bus and through the feed."""
    return fact.model_json_schema(mode="validation")


def schema_path(team: str, fact: str) -> str:
    """Where the schema is served; the header `ce-dataschema` of every fact names it."""
    return f"/contracts/{team}.{fact}.json"
