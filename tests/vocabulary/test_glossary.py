"""Every word of the contracts is in the glossary."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

import shared.contracts
from shared.contracts.fact import Fact

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
MODULES = [
    import_module(f"shared.contracts.{found.name}")
    for found in pkgutil.iter_modules(shared.contracts.__path__)
]
FACTS = sorted(
    {
        name
        for module in MODULES
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, Fact) and kind is not Fact
    }
)


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_has_its_word(name: str) -> None:
    assert f"`{name}`" in GLOSSARY or f"(`{name}`" in GLOSSARY, (
        f"docs/glossary.md does not say what {name} is in Japanese"
    )


def test_every_row_has_three_cells() -> None:
    rows = [line for line in GLOSSARY.splitlines() if line.startswith("|")]
    assert rows
    assert all(line.count("|") == 4 for line in rows)


def test_one_word_is_explained_once() -> None:
    words = [line.split("|")[1].strip() for line in GLOSSARY.splitlines() if line.startswith("| ")]
    words = [word for word in words if word != "English"]
    assert len(words) == len(set(words))
