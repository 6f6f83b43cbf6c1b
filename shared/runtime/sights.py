"""`/<team>/sights/{case_id}`: who looked at a case here, and to whom it was handed over, when and
on which ground (D11, N-01).

Each team keeps its own log, written before a page is sent; the page leads on to the other teams'.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from shared.privacy.access import AccessRule, Role
from shared.privacy.access_log import Sight, who_saw
from shared.privacy.grounds import GROUNDS
from shared.privacy.handing_over import Told, who_was_given
from shared.runtime.clock import CITY_TIME
from shared.vocabulary.city import City
from shared.web.nav import PLACES
from shared.web.pages import Pages
from shared.web.render import render

if TYPE_CHECKING:
    from shared.runtime.host import Host

SIGHTS = AccessRule("閲覧の記録", frozenset({Role.COORDINATOR, Role.MANAGER}))
MOST = 500
KEEPERS = ("intake", "coordination", "participation", "outreach")
"""Teams that keep personal data of cases."""


@dataclass(frozen=True)
class Look:
    """One look in words."""

    at: str
    who: str
    agency: str
    what: str
    basis: str


@dataclass(frozen=True)
class SightsPage:
    case_id: UUID
    here: str
    title: str
    rows: list[Look]
    given: list[list[str]]
    """Hand-overs to other teams: when, to whom, on which ground, whether it arrived."""
    told: list[list[str]] | None
    """Agencies that our people told of the person: when, whom, on which ground. None: not ours."""
    others: list[tuple[str, str]]
    most: int = MOST

    @property
    def looks(self) -> list[list[str]]:
        return [[one.at, one.who, one.agency, one.what, one.basis] for one in self.rows]


def sights_pages(host: Host) -> Pages:
    """The page of one team. Names of staff are what the city's audit needs; no client is named."""
    pages = Pages(host.service.team)

    @pages.get("/sights/{case_id}", rule=SIGHTS)
    async def show_sights(request: Request, case_id: UUID) -> Response:
        async with host.store.pool.acquire() as db:
            looks = await who_saw(db, case_id, MOST)
            handed = await who_was_given(db, case_id)
            told = await host.service.told_to(db, case_id) if host.service.told_to else None
        rows = [_look(host.city, one) for one in looks]
        names = {place.team: place.label for place in PLACES}
        others = [
            (f"/{team}/sights/{case_id}", names[team])
            for team in KEEPERS
            if team != host.service.team
        ]
        given = [
            [
                _at(one.given_at),
                names.get(one.to_team, one.to_team),
                GROUNDS.get(one.ground, one.ground),
                "理由はケースの記録にあります" if one.ground == "urgency" else one.reference or "–",
                _at(one.received_at) if one.received_at else "まだ届いていません",
            ]
            for one in handed
        ]
        said = None if told is None else [_told(host.city, one) for one in told]
        here, title = f"/{host.service.team}", names[host.service.team]
        page = SightsPage(case_id, here, title, rows, given, said, others)
        return render(request, "sights.html", page)

    return pages


def _look(city: City, one: Sight) -> Look:
    agency = city.label("agencies", one.agency) if one.agency else "–"
    ground = GROUNDS.get(one.basis or "", "自分の担当")
    return Look(_at(one.seen_at), one.staff_id, agency, one.what, ground)


def _told(city: City, one: Told) -> list[str]:
    agency = city.label("agencies", one.agency)
    return [f"{one.on:%Y-%m-%d}", agency, GROUNDS.get(one.ground, "記録されていません")]


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(CITY_TIME):%Y-%m-%d %H:%M}"
