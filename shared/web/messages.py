"""What a refusal says. The domain knows the code; here is the sentence, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class Message:
    """One sentence in Japanese and in English. `{name}` is filled from the refusal's values."""

    ja: str
    en: str
    at: tuple[str, ...] = ()
    """Where a form shows it: at the first of these fields that it has, else above all fields."""

    def filled(self, values: Mapping[str, str | int]) -> Message:
        """With the refusal's values in it."""
        gaps = _Gaps(values)
        return Message(self.ja.format_map(gaps), self.en.format_map(gaps), self.at)


class _Gaps(dict[str, str | int]):
    """A value that a refusal does not give stays visible as its name."""

    def __missing__(self, key: str) -> str:
        return f"({key})"


EVERYWHERE = {
    "code-not-listed": Message(
        "「{field}」が市の一覧にありません。一覧から選んでください。",
        "{field}: the city's list has no such code; choose one of the list.",
    ),
    "day-too-long-ago": Message(
        "平成12年4月1日 (2000-04-01) より前の日付は記録できません。年を確かめてください。",
        "Nothing is recorded of days before 2000-04-01; please check the year.",
        ("on", "received_on", "held_on", "opened_on", "noticed_on", "made_on", "asked_on"),
    ),
}
"""What every service refuses in the same words."""


def said(refused: Refused, messages: Mapping[str, Message]) -> Message:
    """The sentence for this refusal; a general one for a code without a sentence."""
    message = (
        messages.get(refused.code)
        or EVERYWHERE.get(refused.code)
        or Message(
            f"この操作は今の状態ではできません。画面を開き直して確かめてください。({refused.code})",
            f"This is not possible in the present state ({refused.code}).",
        )
    )
    return message.filled(refused.values)


def status_of(refused: Refused) -> int:
    """404 for what does not exist, 422 for a wrong value, 409 for what the present state does not
    allow.
    """
    if "field" in refused.values:
        return 422
    return 404 if refused.code.endswith("-unknown") else 409
