"""Templates: one environment per service, strict about names, city's words and 和暦 as filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    select_autoescape,
)
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from shared.privacy.access import Role
from shared.runtime.clock import CITY_TIME
from shared.sourcing.ids import new_id
from shared.vocabulary.wareki import wareki
from shared.web.messages import Message
from shared.web.nav import ROLES, places_for

if TYPE_CHECKING:
    from shared.vocabulary.city import City

FOLDER = Path(__file__).parent
SAID = "tsunagu_said"
"""The cookie that carries one notice over a redirect."""

_DAYS = "月火水木金土日"


@dataclass(frozen=True)
class Web:
    """What the web layer of one running service needs; routes find it as `app.state.web`."""

    team: str
    title: str
    environment: Environment
    token_public_key: bytes
    messages: Mapping[str, Message]
    city: City


def environment_for(team: str, templates: Path, city: City) -> Environment:
    """The service's own templates first, then the shared ones."""
    own = FileSystemLoader(templates)
    environment = Environment(
        loader=ChoiceLoader(
            [own, PrefixLoader({team: own}), FileSystemLoader(FOLDER / "templates")]
        ),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        wareki=_wareki, date_ja=date_ja, number=_number, label=_label_filter(city), iso=_iso
    )
    environment.globals.update(
        team=team, city=city, new_command_id=lambda: str(new_id()), static=_static(team)
    )
    return environment


def render(request: Request, name: str, page: object, status: int = 200) -> HTMLResponse:
    """The page of this template. `page` is its only value of its own."""
    web: Web = request.app.state.web
    staff = getattr(request.state, "staff", None)
    said = unquote(request.cookies.get(SAID, ""))
    role: Role | None = staff.role if staff else None
    text = web.environment.get_template(name).render(
        page=page,
        staff=staff,
        role_name=ROLES[role] if role else "",
        nav=places_for(role),
        said=said,
        path=request.url.path,
        status=status,
    )
    response = HTMLResponse(text, status_code=status)
    if said:
        response.delete_cookie(SAID, path="/")
    return response


def see_other(path: str, said: str = "") -> Response:
    """Go on to this page of ours, which first says `said`."""
    response = RedirectResponse(path, status_code=303)
    if said:
        response.set_cookie(SAID, quote(said), max_age=60, httponly=True, samesite="lax", path="/")
    return response


def date_ja(value: date | None) -> str:
    """令和8年11月23日(月)"""
    if value is None:
        return ""
    day = _day(value)
    return f"{wareki(day)}({_DAYS[day.weekday()]})"


def _wareki(value: date | None) -> str:
    return "" if value is None else wareki(_day(value))


def _iso(value: date | None) -> str:
    return "" if value is None else _day(value).isoformat()


def _day(value: date) -> date:
    """The city's day of a moment."""
    if isinstance(value, datetime):
        return (value.astimezone(CITY_TIME) if value.tzinfo else value).date()
    return value


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,}"


def _label_filter(city: City) -> Any:
    def label(code: str | None, kind: str) -> str:
        return "" if code is None else city.label(kind, code)

    return label


def _static(team: str) -> Any:
    def address(name: str) -> Markup:
        """Ours, under this service's own prefix; the mark changes with the file."""
        file = FOLDER / "static" / name
        mark = sha256(file.read_bytes()).hexdigest()[:12] if file.exists() else "1"
        return Markup(f"/{team}/static/{name}?{mark}")  # noqa: S704  # names of our own files

    marks: dict[str, Markup] = {}
    return lambda name: marks.setdefault(name, address(name))
