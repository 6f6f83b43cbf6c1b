"""When something is wrong: RFC 9457 problem details for systems, a calm page for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from traceback import format_tb
from typing import Any
from urllib.parse import urlencode, urlsplit

import asyncpg
import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from shared.sourcing.decider import Refused
from shared.sourcing.lane import StoreAway
from shared.sourcing.log import KeyReused, VersionConflict
from shared.sourcing.writer import StoreBusy
from shared.web.desks import COMMAND_FIELD
from shared.web.forms import MOST_FIELDS
from shared.web.messages import Message, said, status_of
from shared.web.pages import Denied, SignInNeeded
from shared.web.render import Web, render
from shared.web.sentences import label_of, sentence

log = structlog.get_logger(__name__)

TITLES = {
    400: Message("送られた内容を読み取れません", "Bad request"),
    401: Message("サインインが必要です", "Sign-in needed"),
    403: Message("この画面は使えません", "Not allowed"),
    404: Message("見つかりません", "Not found"),
    405: Message("この操作はできません", "Method not allowed"),
    409: Message("今の状態ではできません", "Not possible now"),
    413: Message("送られた内容が大きすぎます", "Too large"),
    422: Message("入力を確かめてください", "Please check the input"),
    500: Message("うまく処理できませんでした", "Internal error"),
    503: Message("一時的に使えません", "Temporarily unavailable"),
}
DETAILS = {
    400: Message(
        "送られた内容の形が崩れているか、欄が多すぎます。画面を開き直し、分けて送ってください。",
        "The body cannot be parsed, or holds too many fields.",
    ),
    404: Message(
        "アドレスを確かめるか、はじめの画面からお進みください。",
        "There is nothing at this address.",
    ),
    405: Message(
        "前の画面に戻ってやり直してください。", "This address does not answer that method."
    ),
    500: Message(
        "入力した内容は記録されていません。少し待ってからもう一度お試しください。続く場合は運用者に連絡してください。",
        "Nothing was recorded. Try again; tell the operator if it goes on.",
    ),
    503: Message(
        "記録先につながらず、記録できたかどうかを確かめられません。少し待ってから、同じ内容をもう一度送ってください。二重には記録されません。",
        "The outcome is unknown. Send the same again in a moment, under the same command id.",
    ),
}
NOT_READ = Message(
    "記録先につながりません。少し待ってから、画面を開き直してください。",
    "The store cannot be reached. Please try again in a moment.",
)
"""503 where nothing was sent that could have been recorded."""
_AWAY = (
    StoreAway,
    StoreBusy,
    asyncpg.LockNotAvailableError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    ConnectionError,
    TimeoutError,
)


@dataclass(frozen=True)
class Kept:
    """A form that came after the sign-in had ended: where it goes, and all that was typed."""

    action: str
    fields: list[tuple[str, str]]

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What a person can read again."""
        return [(name, text) for name, text in self.fields if name != COMMAND_FIELD]


@dataclass(frozen=True)
class Problem:
    """What is wrong, for both kinds of readers."""

    status: int
    detail: Message
    kind: str = "about:blank"
    errors: list[dict[str, str]] = field(default_factory=list)

    @property
    def title(self) -> Message:
        return TITLES.get(self.status, TITLES[400 if self.status < 500 else 500])

    def body(self) -> dict[str, Any]:
        """As RFC 9457 has it, with English beside Japanese."""
        return {
            "type": self.kind,
            "title": self.title.ja,
            "status": self.status,
            "detail": self.detail.ja,
            "title_en": self.title.en,
            "detail_en": self.detail.en,
            "errors": self.errors,
        }


def is_api(path: str) -> bool:
    """`/<team>/api/…`"""
    parts = path.split("/")
    return len(parts) > 2 and parts[2] == "api"


def answer(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """The problem in the form this asker reads."""
    if is_api(request.url.path):
        return JSONResponse(
            problem.body(), problem.status, headers, media_type="application/problem+json"
        )
    response = render(request, "problem.html", problem, problem.status)
    response.headers.update(headers or {})
    return response


async def on_sign_in_needed(request: Request, _error: Exception) -> Response:
    """People are sent to sign in and come back; systems are told to bring a token."""
    if is_api(request.url.path):
        detail = Message("有効なトークンがありません。", "There is no valid token.")
        return answer(request, Problem(401, detail), {"WWW-Authenticate": "Bearer"})
    typed = await _typed(request)
    if typed:
        return render(request, "kept.html", Kept(request.url.path, typed), 401)
    return RedirectResponse(f"/portal/sign-in?{urlencode({'next': _back(request)})}", 303)


async def _typed(request: Request) -> list[tuple[str, str]]:
    """What was sent with a form, but the command alone: nothing that a person typed is lost. A
    password is: it would stand on the page.
    """
    if request.method != "POST" or "form" not in request.headers.get("content-type", ""):
        return []
    form = await request.form(max_fields=MOST_FIELDS)
    sent = [(name, value) for name, value in form.multi_items() if value]
    if any(not isinstance(value, str) for _, value in sent):
        return []
    texts = [(name, str(value)) for name, value in sent if not name.startswith("password")]
    return texts if any(name != COMMAND_FIELD for name, _ in texts) else []


def _back(request: Request) -> str:
    """Where to go on after sign-in: this page, or the one whose form was sent."""
    if request.method in ("GET", "HEAD"):
        return request.url.path + (f"?{request.url.query}" if request.url.query else "")
    referer = urlsplit(request.headers.get("referer", ""))
    return referer.path if referer.netloc == request.url.netloc and referer.path else "/"


async def on_denied(request: Request, error: Exception) -> Response:
    reason = error.sentence if isinstance(error, Denied) else ""
    return answer(request, Problem(403, Message(f"{reason}。", "Your role does not include this.")))


async def on_refused(request: Request, error: Exception) -> Response:
    """A rule said no and the page did not say it itself."""
    assert isinstance(error, Refused)  # noqa: S101  # registered for this class only
    web: Web = request.app.state.web
    kind = f"urn:tsunagu:refused:{error.code}"
    field, model = str(error.values.get("field", "")), _body_model(request)
    if not field:
        return answer(request, Problem(status_of(error), said(error, web.messages), kind))
    label = label_of(field, model.model_fields.get(field) if model else None)
    message = said(Refused(error.code, **error.values | {"field": label}), web.messages)
    found = [{"field": field, "message": message.ja, "message_en": message.en}]
    return answer(request, Problem(status_of(error), message, kind, found))


async def on_conflict(request: Request, _error: Exception) -> Response:
    detail = Message(
        "ほかの人が同時に更新しました。画面を開き直して、もう一度お試しください。",
        "Somebody else changed this at the same moment. Read it again and retry.",
    )
    return answer(request, Problem(409, detail, "urn:tsunagu:conflict"))


async def on_key_reused(request: Request, _error: Exception) -> Response:
    """Answered as done, the second content would be lost without a word."""
    detail = Message(
        "同じIdempotency-Keyで、違う内容がすでに記録されています。今回の内容は記録していません。新しいキーで送ってください。",
        "This Idempotency-Key was used for another content. Nothing was recorded; use a new key.",
    )
    return answer(request, Problem(422, detail, "urn:tsunagu:key-reused"))


async def on_http(request: Request, error: Exception) -> Response:
    """404 of the router, 405, and what handlers raise on purpose."""
    assert isinstance(error, HTTPException)  # noqa: S101  # registered for this class only
    known = DETAILS.get(error.status_code)
    own = not str(error.detail).isascii()
    detail = Message(str(error.detail), str(error.detail)) if own or known is None else known
    return answer(request, Problem(error.status_code, detail), dict(error.headers or {}))


async def on_invalid(request: Request, error: Exception) -> Response:
    """What FastAPI found in path, query or JSON."""
    assert isinstance(error, RequestValidationError)  # noqa: S101  # registered for this class only
    if not is_api(request.url.path) and any(one["loc"][0] == "path" for one in error.errors()):
        return answer(request, Problem(404, DETAILS[404]))
    found = list(_field_errors(request, error))
    detail = Message("、".join(one["message"] for one in found[:3]), found[0]["message_en"])
    return answer(request, Problem(422, detail, "urn:tsunagu:invalid", found))


def _field_errors(request: Request, error: RequestValidationError) -> Any:
    model = _body_model(request)
    for one in error.errors():
        place = [
            str(part) for part in one["loc"] if part not in ("body", "query", "path", "header")
        ]
        name = ".".join(place) or "body"
        info = model.model_fields.get(place[0]) if model and place else None
        message = sentence(one, name, info)
        if one["type"] == "json_invalid":
            message = Message("JSONとして読み取れません。", "This is not JSON.")
            name = "body"
        yield {"field": name, "message": message.ja, "message_en": message.en}


def _body_model(request: Request) -> type[BaseModel] | None:
    route = request.scope.get("route")
    params = route.dependant.body_params if isinstance(route, APIRoute) else []
    kind = params[0].field_info.annotation if len(params) == 1 else None
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def is_away(error: Exception) -> bool:
    """Is the store away, shutting down, or full? asyncpg calls a wrong query argument an
    InterfaceError too: that one is a bug of ours, and trying again does not help.
    """
    return isinstance(error, _AWAY) and not isinstance(error, ValueError)


async def on_unexpected(request: Request, error: Exception) -> Response:
    """Everything else is a bug, or the store is away: logged here, no internals on the page."""
    status = 503 if is_away(error) else 500
    # Where it happened, without the error's own words: they may quote what somebody typed.
    log.error(
        "request.failed",
        path=request.url.path,
        status=status,
        error=type(error).__name__,
        exception="".join(format_tb(error.__traceback__)),
    )
    reading = status == 503 and request.method in ("GET", "HEAD")
    return answer(request, Problem(status, NOT_READ if reading else DETAILS[status]))


def add_problem_handlers(app: FastAPI) -> None:
    """Every error of this app is answered here."""
    app.add_exception_handler(SignInNeeded, on_sign_in_needed)
    app.add_exception_handler(Denied, on_denied)
    app.add_exception_handler(Refused, on_refused)
    app.add_exception_handler(VersionConflict, on_conflict)
    app.add_exception_handler(KeyReused, on_key_reused)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_invalid)
