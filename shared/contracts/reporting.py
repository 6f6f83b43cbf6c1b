"""Facts told by reporting (計画の評価). Edited by the reporting team only."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from shared.contracts.fact import Code, Fact


class FiscalYearClosed(Fact):
    """年度を締めた (F-30). The figures follow as `IndicatorStated`, each with `final`."""

    team: ClassVar[str] = "reporting"
    fiscal_year: int = Field(ge=2000, le=2100)
    """The year in which its April lies."""
    edition: int = Field(ge=1)
    """1 is the first closing; a later one replaces it."""


class IndicatorStated(Fact):
    """計画の指標の値 (Q-01 to Q-31) of a fiscal year, told when it changed since the last time."""

    team: ClassVar[str] = "reporting"
    fiscal_year: int = Field(ge=2000, le=2100)
    indicator: Code
    version: int = Field(ge=1)
    """Of the definition it was counted by."""
    value: float | None
    """None where `hidden`."""
    final: bool = False
    """It belongs to a closed year."""
    hidden: bool = False
    """So few persons that the number is not published: from 1 to below the city's limit."""
