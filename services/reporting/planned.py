"""The city's list of indicators and our definitions say the same of each: its unit and its kind."""

from __future__ import annotations

from collections.abc import Iterator

from services.reporting.indicators import by_id
from shared.vocabulary.city import City


def faults_of(city: City) -> Iterator[str]:
    """What the list says otherwise: with one of these the service does not start."""
    for entry in city.indicators:
        definition = by_id(entry.code)
        if definition is None:
            continue
        if entry.kind != definition.kind:
            yield (
                f"indicators.toml: {entry.code}: kind は {definition.kind} です"
                f" (書かれているもの: {entry.kind})"
            )
        if entry.unit is not None and entry.unit != definition.unit:
            yield (
                f"indicators.toml: {entry.code}: 単位は {definition.unit} です"
                f" (書かれているもの: {entry.unit})"
            )
