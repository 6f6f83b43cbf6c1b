"""Gives an app what its pages need: templates, static files, error pages, the guarded edge."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from shared.web.edge import Edge
from shared.web.pages import check_routes
from shared.web.problems import add_problem_handlers
from shared.web.render import FOLDER, Web, environment_for

if TYPE_CHECKING:
    from shared.runtime.service import Service
    from shared.runtime.settings import Settings
    from shared.vocabulary.city import City


def dress(app: FastAPI, service: Service, settings: Settings, city: City) -> None:
    """Call it last: it looks at every route and refuses one without an access rule."""
    app.state.web = Web(
        team=service.team,
        title=service.title,
        environment=environment_for(service.team, service.templates, city),
        token_public_key=settings.token_public_key_file.read_bytes(),
        messages=service.messages,
        city=city,
    )
    prefix = f"/{service.team}/static"
    app.mount(f"{prefix}/vendor", StaticFiles(directory=_htmx_folder()), name="vendor")
    app.mount(prefix, StaticFiles(directory=FOLDER / "static"), name="static")
    add_problem_handlers(app)
    check_routes(app)
    app.add_middleware(Edge)


def _htmx_folder() -> Path:
    """htmx as it lies in django-htmx's wheel; Django itself is never imported."""
    spec = find_spec("django_htmx")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("django-htmx is not installed: htmx comes from its static files")
    return Path(spec.submodule_search_locations[0]) / "static" / "django_htmx"
