"""氏名・ふりがなでさがす: names as they are compared; kana, spaces, old-form kanji made alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from services.coordination.domain.events import ApplicationReceived
from shared.casefile.handover import PersonalPartReceived
from shared.sourcing.log import Entry, ReadModel, Write
from shared.vocabulary.text import search_key


def grams(key: str) -> list[str]:
    """All pairs of neighbouring characters, for finding a part of a name by index."""
    return sorted({key[i : i + 2] for i in range(len(key) - 1)})


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """Every name that was told of a case: who was handed over under another name is found, too."""
    for entry in batch:
        match entry.event:
            case PersonalPartReceived() as e:
                told_in = e.handover_id
            case ApplicationReceived() as e:
                told_in = e.application_id
            case _:
                continue
        if key := "|".join(search_key(text) for text in (e.name, e.kana) if text):
            row: dict[str, Any] = {"case_id": e.case_id, "told_in": told_in, "key": key}
            yield Write(_TOLD, [row | {"grams": grams(key)}])


_TOLD = """
INSERT INTO case_keys (case_id, told_in, key, grams)
SELECT n.* FROM json_to_recordset($1) AS n(case_id uuid, told_in uuid, key text, grams text[])
ON CONFLICT (case_id, told_in) DO NOTHING
"""

case_keys = ReadModel(
    "case-keys", ("case_keys",), project, purge="DELETE FROM case_keys WHERE case_id = $1"
)
