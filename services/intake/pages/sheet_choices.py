"""What the sheet offers to choose from, at reception and when it is put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.intake.choices import options
from shared.vocabulary.city import City
from shared.vocabulary.relations import SEX

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class SheetChoices:
    """(code, label) of every list on the sheet."""

    channels: Options
    sources: Options
    issues: Options
    topics: Options
    urgencies: Options
    screenings: Options
    sexes: tuple[tuple[str, str], ...] = tuple(SEX.items())

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """Field → code → label."""
        return {
            "channel": dict(self.channels),
            "source": dict(self.sources),
            "issues": dict(self.issues),
            "main_issue": dict(self.issues),
            "topics": dict(self.topics),
            "main_topic": dict(self.topics),
            "urgency": dict(self.urgencies),
            "screening": dict(self.screenings),
            "sex": dict(self.sexes),
        }


def sheet_choices(city: City, on: date, ticked: Iterable[str] = ()) -> SheetChoices:
    """The city's lists of that day; `ticked`: what stands on the sheet, listed or no longer."""
    kept = set(ticked)

    def offered(kind: str) -> Options:
        found = options(city, kind, on)
        more = [code for code in city.codes(kind) if code in kept - {code for code, _ in found}]
        return [*found, *((code, city.label(kind, code)) for code in more)]

    return SheetChoices(
        offered("channels"),
        offered("sources"),
        nested(city, offered("issues")),
        offered("topics"),
        offered("urgencies"),
        offered("screenings"),
    )


def nested(city: City, issues: Options) -> Options:
    """課題 with the city's second level right below the standard one it belongs to."""
    above = {one.code: one.parent for one in city.issues}
    offered = {code for code, _ in issues}
    found: Options = []
    for code, label in issues:
        if above.get(code) in offered:
            continue
        found.append((code, label))
        found += [(low, f"└ {text}") for low, text in issues if above.get(low) == code]
    return found
