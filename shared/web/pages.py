"""Routers whose every route names who may enter. Without a rule the service refuses to start.

The rule is asked before anything of the request's body is read, so a stranger learns nothing, not
even from errors.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Protocol, TypeVar

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute

from shared.privacy.access import PUBLIC, REASONS, AccessRule, Staff, decide
from shared.web.documented import PROBLEMS
from shared.web.legible import insist_on_legible
from shared.web.tokens import token_of, verify

Handler = TypeVar("Handler", bound=Callable[..., Any])
_MARK = "__access_rule__"
_MACHINE_PATHS = ("/health/", "/metrics", "/openapi.json")
"""Answered to the machines that watch us, without persons in them."""


class SignInNeeded(Exception):
    """Nobody is signed in, or the sign-in has ended."""


class Denied(Exception):
    """Signed in, but not for this. `reason` is a code of `shared.privacy.access.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def sentence(self) -> str:
        return REASONS.get(self.reason, REASONS["role-not-listed"])


class _RuledRoute(APIRoute):
    """Asks the rule first, then reads the request."""

    async def read(self, _request: Request) -> None:
        """What is asked of the request after its rule."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()
        rule: AccessRule = getattr(self.endpoint, _MARK, None) or AccessRule("closed", frozenset())

        async def enter(request: Request) -> Response:
            request.state.staff = admitted(request, rule)
            await self.read(request)
            return await answer(request)

        return enter


class _JsonRoute(_RuledRoute):
    """After the rule, insists that what was sent can be kept."""

    async def read(self, request: Request) -> None:
        await insist_on_legible(request)


def signed_in(request: Request) -> Staff | None:
    """Who is asking; None for a stranger."""
    token = token_of(request)
    return verify(request.app.state.web.token_public_key, token) if token else None


def admitted(request: Request, rule: AccessRule) -> Staff | None:
    """The signed-in person if the rule lets them in. Raises SignInNeeded or Denied."""
    staff = signed_in(request)
    decision = decide(staff, rule)
    if decision.allowed:
        return staff
    if staff is None:
        raise SignInNeeded
    raise Denied(decision.reason)


class _Registers(Protocol):
    """Takes a handler and gives it back."""

    def __call__(self, endpoint: Handler, /) -> Handler: ...


class _Ruled(APIRouter):
    """The verbs of a router, each with its rule."""

    def _verb(self, method: str, path: str, rule: AccessRule, more: dict[str, Any]) -> _Registers:
        def register(endpoint: Handler) -> Handler:
            if getattr(endpoint, _MARK, rule) != rule:
                raise TypeError(f"{endpoint.__name__} has two rules; write two handlers")
            setattr(endpoint, _MARK, rule)
            self.add_api_route(path, endpoint, methods=[method], **more)
            return endpoint

        return register

    def get(self, path: str, *, rule: AccessRule, **more: Any) -> _Registers:  # type: ignore[override]  # rule is a must
        return self._verb("GET", path, rule, more)

    def post(self, path: str, *, rule: AccessRule, **more: Any) -> _Registers:  # type: ignore[override]  # rule is a must
        return self._verb("POST", path, rule, more)

    def put(self, path: str, *, rule: AccessRule, **more: Any) -> _Registers:  # type: ignore[override]  # rule is a must
        return self._verb("PUT", path, rule, more)

    def patch(self, path: str, *, rule: AccessRule, **more: Any) -> _Registers:  # type: ignore[override]  # rule is a must
        return self._verb("PATCH", path, rule, more)

    def delete(self, path: str, *, rule: AccessRule, **more: Any) -> _Registers:  # type: ignore[override]  # rule is a must
        return self._verb("DELETE", path, rule, more)


class Pages(_Ruled):
    """HTML under `/<team>`. Not part of the OpenAPI document."""

    def __init__(self, team: str, prefix: str | None = None) -> None:
        super().__init__(
            prefix=f"/{team}" if prefix is None else prefix,
            route_class=_RuledRoute,
            include_in_schema=False,
            default_response_class=HTMLResponse,
        )


class Api(_Ruled):
    """JSON under `/<team>/api`."""

    def __init__(self, team: str, prefix: str | None = None) -> None:
        super().__init__(
            prefix=f"/{team}/api" if prefix is None else prefix,
            route_class=_JsonRoute,
            responses=PROBLEMS,
        )


def check_routes(app: FastAPI) -> None:
    """Refuse to start when a route does not say who may enter."""
    unruled = [
        route.path
        for route in _all_routes(app.routes)
        if isinstance(route, APIRoute)
        and not any(part in route.path for part in _MACHINE_PATHS)
        and (not isinstance(route, _RuledRoute) or getattr(route.endpoint, _MARK, None) is None)
    ]
    if unruled:
        raise RuntimeError(
            f"no access rule on {', '.join(unruled)}: use Pages or Api with rule=… "
            f"({PUBLIC.name} for everybody)"
        )


def _all_routes(routes: Iterable[BaseRoute]) -> Iterable[BaseRoute]:
    """Also those of included routers, which FastAPI keeps as a tree."""
    for route in routes:
        included = getattr(route, "original_router", None)
        if included is None:
            yield route
        else:
            yield from _all_routes(included.routes)
