"""受け入れ先の候補: places of the directory with reasons in words, best first (T-22, F-10).

One readable rule: where it is, when it is open, what it can take care of, whether there is room.
People decide; a place that lacks something is shown with what it lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from services.participation.read.places import PlaceRow
from shared.vocabulary.places import Location

DAYS = {
    "mon": "月",
    "tue": "火",
    "wed": "水",
    "thu": "木",
    "fri": "金",
    "sat": "土",
    "sun": "日",
}
NEAR, SAME_DISTRICT, SAME_SIDE, DAY, CARE, ROOM = 4, 3, 1, 2, 3, 2
"""What each reason weighs."""


@dataclass(frozen=True)
class Wanted:
    """What the plan asks for."""

    home: Location
    weekdays: Sequence[str] = ()
    cares: Sequence[str] = ()


@dataclass(frozen=True)
class Knowing:
    """The city's words and map, as far as a proposal needs them."""

    where: Callable[[str], Location]
    """A place's town, or else its area (V-1) → town, catchment and nurse district."""
    care: Callable[[str], str]
    capacity: Callable[[str], str]
    accepts: Callable[[str], bool]
    """Does this state of capacity let somebody in now?"""


@dataclass(frozen=True)
class Proposal:
    """One place with what speaks for it and what does not."""

    place: PlaceRow
    score: int
    reasons: tuple[str, ...]
    lacks: tuple[str, ...]


def propose(places: Iterable[PlaceRow], wanted: Wanted, city: Knowing) -> list[Proposal]:
    """Best first; of two alike the one with fewer guests, then by name."""
    found = [_proposal(place, wanted, city) for place in places]
    return sorted(found, key=lambda one: (-one.score, one.place.guests, one.place.name))


def _proposal(place: PlaceRow, wanted: Wanted, city: Knowing) -> Proposal:
    score, reasons, lacks = 0, [], []
    for points, reason, lack in (
        _distance(place, wanted, city),
        *_days(place, wanted),
        *_cares(place, wanted, city),
        _room(place, city),
    ):
        score += points
        if reason:
            reasons.append(reason)
        if lack:
            lacks.append(lack)
    return Proposal(place, score, tuple(reasons), tuple(lacks))


Points = tuple[int, str, str]


def _distance(place: PlaceRow, wanted: Wanted, city: Knowing) -> Points:
    there, home = city.where(place.town or place.area or ""), wanted.home
    if home.town and there.town == home.town:
        return NEAR, "同じ町にある", ""
    if home.nurse_district and there.nurse_district == home.nurse_district:
        return SAME_DISTRICT, "同じ保健師地区にある", ""
    if home.catchment and there.catchment == home.catchment:
        return SAME_SIDE, "同じ圏域にある", ""
    return 0, "", "" if there.town is None or home.town is None else "住まいから離れている"


def _days(place: PlaceRow, wanted: Wanted) -> Iterable[Points]:
    if not wanted.weekdays:
        return ()
    both = [DAYS[day] for day in DAYS if day in wanted.weekdays and day in place.weekdays]
    if both:
        return ((DAY, f"希望の{'・'.join(both)}曜日に開いている", ""),)
    return (
        (0, "", "開いている曜日がわからない" if not place.weekdays else "希望の曜日に開いていない"),
    )


def _cares(place: PlaceRow, wanted: Wanted, city: Knowing) -> Iterable[Points]:
    for code in wanted.cares:
        if code in place.cares:
            yield CARE, f"{city.care(code)}", ""
        else:
            yield 0, "", f"「{city.care(code)}」は確かめが必要"


def _room(place: PlaceRow, city: Knowing) -> Points:
    if place.capacity is None:
        return 0, "", "空きを確かめる"
    said = city.capacity(place.capacity)
    return (ROOM, said, "") if city.accepts(place.capacity) else (-ROOM, "", said)
