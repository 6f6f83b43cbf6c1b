"""`/<team>/parked`: the facts that a service could not apply, for its operators.

Shows the kind of an error, never its words: they may quote what somebody wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, TypeAlias, cast

import asyncpg
import structlog
from fastapi import Path
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from shared.bus.applying import passes
from shared.bus.parking import HANDOVER, Parked, parked
from shared.privacy.access import AccessRule, Role
from shared.runtime.clock import CITY_TIME
from shared.sourcing.log import Connection
from shared.web.nav import PLACES
from shared.web.pages import Pages
from shared.web.render import render, see_other

if TYPE_CHECKING:
    from shared.runtime.host import Host

log = structlog.get_logger(__name__)

Position: TypeAlias = Annotated[int, Path(ge=1, lt=2**63)]
PARKED = AccessRule("保留している知らせ", frozenset({Role.OPERATOR}))
MOST = 200

_TEAMS = {place.team: place.label for place in PLACES}
_UNREADABLE = "知らせの内容が、決められた形と違います"
_WORDS = {
    "ValidationError": _UNREADABLE,
    "DecodeError": _UNREADABLE,
    "UnicodeDecodeError": _UNREADABLE,
    "UnknownFact": "このサービスが知らない種類の知らせです。サービスが古いかもしれません",
    "Unsealable": "このサービスの鍵では開けません。鍵が替わったかもしれません",
    "Refused": "業務の決まりに合わず、適用できません",
    "VersionConflict": "ほかの更新と重なりました",
    "": "先に保留された知らせの後ろで待っています",
}


@dataclass(frozen=True)
class Row:
    """One fact that waits for people."""

    fact: Parked
    name: str
    again: bool
    """May it be tried again here? A hand-over is offered again by its sender."""
    since: str
    trouble: str


@dataclass(frozen=True)
class ParkedPage:
    here: str
    title: str
    rows: list[Row]
    most: int
    figures: bool
    """Figures are mended by a rebuild, not by a release."""
    problem: str = ""


def in_words(kind: str) -> str:
    """What kind of trouble an error's class stands for."""
    if isinstance(known := getattr(asyncpg, kind, None), type):
        database = issubclass(known, asyncpg.PostgresError)
        return "データベースが受け付けません" if database else "データベースを使えません"
    return _WORDS.get(kind, "プログラムの処理が途中で止まりました")


def parked_pages(host: Host) -> Pages:
    """The page, and for services with reactions the second try."""
    team = host.service.team
    router = Pages(team)

    @router.get("/parked", rule=PARKED)
    async def show_parked(request: Request) -> Response:
        return render(request, "parked.html", await _page(host))

    if host.service.projection is None:

        @router.post("/parked/{source}/{position}/release", rule=PARKED)
        async def create_release(request: Request, source: str, position: Position) -> Response:
            if source not in _TEAMS:
                raise HTTPException(404)
            return await _release(host, request, source, position)

    return router


async def _release(host: Host, request: Request, source: str, position: int) -> Response:
    """Twice, or by two people at once: the second finds nothing parked any more."""
    name = f"{_TEAMS.get(source, source)}の{position}番"
    try:
        applied = await host.bus.release(source, position)
    except Exception as error:
        if passes(error):
            raise
        kind = type(error).__name__
        log.warning("parked.still", source=source, position=position, error=kind)
        problem = f"{name}はまだ適用できません({in_words(kind)})。何も変わっていません。"
        return render(request, "parked.html", await _page(host, problem), 409)
    log.info("parked.released", source=source, position=position, count=applied)
    if not applied:
        said = f"{name}はもう保留されていません。先に再試行された知らせです。"
        return see_other(_address(host), said=said)
    more = f"後ろで待っていた{applied - 1}件も適用しました。" if applied > 1 else ""
    return see_other(_address(host), said=f"{name}を適用しました。{more}")


async def _page(host: Host, problem: str = "") -> ParkedPage:
    # The pool answers like a connection and takes one per statement, as for a desk.
    facts = await parked(cast("Connection", host.store.pool), MOST)
    rows = [
        Row(
            fact,
            _name_of(fact),
            fact.source != HANDOVER,
            f"{fact.parked_at.astimezone(CITY_TIME):%H:%M}",
            in_words(fact.kind),
        )
        for fact in facts
    ]
    figures = host.service.projection is not None
    return ParkedPage(_address(host), host.service.title, rows, MOST, figures, problem)


def _name_of(fact: Parked) -> str:
    if fact.source == HANDOVER:
        return f"引き継がれた個人情報の{fact.position}番"
    return f"{_TEAMS.get(fact.source, fact.source)}の{fact.position}番"


def _address(host: Host) -> str:
    return f"/{host.service.team}/parked"
