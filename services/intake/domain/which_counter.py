"""どの窓口？ (K-02): which counters a consultation belongs to, and why.

A proposal in words, never a gate: whoever was asked has received it already (K-01). One field: its
counters, by catchment where they have one. Several fields, or none that is plain: 保健福祉支援係
(ポイント2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shared.vocabulary.ages import AgeBand
from shared.vocabulary.city import City, Counter
from shared.vocabulary.entries import Field


@dataclass(frozen=True)
class Approach:
    """What is known of who came and why."""

    age_band: AgeBand = "unknown"
    issues: tuple[str, ...] = ()
    catchment: str | None = None


@dataclass(frozen=True)
class Proposal:
    """A counter, and the sentences that speak for it."""

    counter: str
    why: tuple[str, ...]


def which_counters(city: City, approach: Approach, on: date) -> list[Proposal]:
    """Never empty where the city names a desk for all."""
    spoken = {field.code: (field, signs) for field, signs in _signs(city, approach)}
    proposals = [
        proposal
        for field, signs in spoken.values()
        for proposal in _of_field(city, field, signs, approach.catchment, on)
    ]
    shared = _for_all(city, on)
    if len(spoken) > 1:
        fields = "、".join(field.label for field, _ in spoken.values())
        return [*_desk(shared, f"複数の分野にまたがっています（{fields}）"), *proposals]
    return proposals or _desk(shared, "どの分野か、まだ決められません")


def fields_of(city: City, age_band: AgeBand, issues: Sequence[str]) -> frozenset[str]:
    """The fields that age and issues speak for (X-24)."""
    return frozenset(field.code for field, _ in _signs(city, Approach(age_band, tuple(issues))))


def _signs(city: City, approach: Approach) -> Iterator[tuple[Field, tuple[str, ...]]]:
    above = {issue.code: issue.parent for issue in city.issues}
    for field in city.fields:
        signs = tuple(_signs_of(city, field, approach, above))
        if signs:
            yield field, signs


def _signs_of(
    city: City, field: Field, approach: Approach, above: Mapping[str, str | None]
) -> Iterator[str]:
    if approach.age_band in field.age_bands:
        yield "年齢"
    for issue in approach.issues:
        if issue in field.issues or above.get(issue) in field.issues:
            yield city.label("issues", issue)


def _of_field(
    city: City, field: Field, signs: tuple[str, ...], catchment: str | None, on: date
) -> list[Proposal]:
    mine = set(field.programmes)
    counters = [c for c in city.counters if c.holds(on) and mine & set(c.programmes)]
    by_catchment = {area.counter: area for area in city.catchments if area.counter}
    said = f"{field.label}の分野（{'、'.join(signs)}）"
    own = [c for c in counters if c.code in by_catchment and by_catchment[c.code].code == catchment]
    if own:
        area = by_catchment[own[0].code].label
        return [Proposal(c.code, (said, f"お住まいの圏域は{area}")) for c in own]
    if any(c.code in by_catchment for c in counters):
        return [Proposal(c.code, (said, "お住まいの圏域がまだわかりません")) for c in counters]
    return [Proposal(c.code, (said,)) for c in counters]


def _for_all(city: City, on: date) -> list[Counter]:
    return [c for c in city.counters if c.holds(on) and c.code == city.general_desk]


def _desk(counters: Sequence[Counter], why: str) -> list[Proposal]:
    return [Proposal(c.code, (why,)) for c in counters]
