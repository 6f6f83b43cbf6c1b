"""The outermost layer of every service: who may send what, what browsers and logs may do.

One pure ASGI middleware: forged requests, bodies without end, security headers, request ids,
unexpected errors.
"""

from __future__ import annotations

import re
from contextlib import suppress
from secrets import token_hex
from time import perf_counter
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.web import messages
from shared.web.problems import Problem, answer, is_api, on_unexpected

MOST_BYTES = 1_000_000
"""No form and no API call of ours is bigger."""

_SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
_TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_POLICY = "; ".join(
    [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
        "font-src 'self'", "connect-src 'self'", "form-action 'self'", "manifest-src 'self'",
        "base-uri 'none'", "frame-ancestors 'none'",
    ]
)  # fmt: skip
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
log = structlog.get_logger(__name__)


class TooLarge(Exception):
    """The body goes on beyond `MOST_BYTES`."""


class Edge:
    """Wraps the service's app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        trace, request_id = _trace(headers), token_hex(8)
        scope.setdefault("state", {}).update(traceparent=trace, request_id=request_id)
        structlog.contextvars.bind_contextvars(request_id=request_id, traceparent=trace)
        try:
            await self._guarded(scope, receive, _Sender(scope, send, request_id), headers)
        finally:
            structlog.contextvars.unbind_contextvars("request_id", "traceparent")

    async def _guarded(
        self, scope: Scope, receive: Receive, send: _Sender, headers: Headers
    ) -> None:
        request = Request(scope, receive)
        refusal = _refusal(scope, headers)
        if refusal is not None:
            await answer(request, refusal)(scope, receive, send)
            return
        started = perf_counter()
        try:
            await self._app(scope, _Limited(receive), send)
        except TooLarge:
            if not send.begun:
                await answer(request, _TOO_LARGE)(scope, receive, send)
        except ClientDisconnect:
            log.info("request.left", path=scope["path"])
        except Exception as error:
            if send.begun:
                raise
            with suppress(KeyError):
                request.state.staff = scope["state"]["staff"]
            await (await on_unexpected(request, error))(scope, receive, send)
        finally:
            log.info(
                "request",
                method=scope["method"],
                path=scope["path"],
                status=send.status,
                ms=round((perf_counter() - started) * 1000, 1),
            )


class _Sender:
    """Adds the headers to whatever is answered."""

    def __init__(self, scope: Scope, send: Send, request_id: str) -> None:
        self._send = send
        self._static = "/static/" in scope["path"]
        self._secure = scope.get("scheme") == "https"
        self._request_id = request_id
        self.begun = False
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun, self.status = True, message["status"]
            self._dress(MutableHeaders(scope=message))
        await self._send(message)

    def _dress(self, headers: MutableHeaders) -> None:
        for name, value in _HEADERS.items():
            headers[name] = value
        headers["x-request-id"] = self._request_id
        if self._secure:
            headers["strict-transport-security"] = "max-age=31536000"
        if self._static:
            headers["cache-control"] = "public, max-age=86400"
        elif "cache-control" not in headers:
            headers["cache-control"] = "no-store"


class _Limited:
    """Counts what comes in, for senders that do not say how much it is."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._bytes = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        if self._bytes > MOST_BYTES:
            raise TooLarge
        return message


_TOO_LARGE = Problem(
    413,
    messages.Message(
        "送れる大きさは1MBまでです。長い文章は分けて記録してください。", "At most 1 MB can be sent."
    ),
)
_UNREADABLE = Problem(
    400,
    messages.Message(
        "アドレスに読み取れない文字があります。入力し直してください。",
        "The address holds a NUL character, which no text of ours has.",
    ),
)
_FORGED = Problem(
    403,
    messages.Message(
        "別のサイトから送られた可能性があるため、受け付けませんでした。この画面を開き直してからもう一度お試しください。",
        "The request did not come from our own pages.",
    ),
)


def _refusal(scope: Scope, headers: Headers) -> Problem | None:
    """Unreadable, too large, or sent by somebody else's page."""
    if b"%00" in scope["query_string"] or "\0" in scope["path"]:
        return _UNREADABLE
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > MOST_BYTES:
        return _TOO_LARGE
    return None if scope["method"] in _SAFE or _ours(scope, headers) else _FORGED


def _ours(scope: Scope, headers: Headers) -> bool:
    """A browser says where a request comes from; a bearer token cannot be sent by accident."""
    if headers.get("authorization", "").lower().startswith("bearer "):
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == headers.get("host", "")
    return is_api(scope["path"]) and "cookie" not in headers


def _trace(headers: Headers) -> str:
    """The trace this request belongs to, or a new one."""
    given = headers.get("traceparent", "")
    return given if _TRACEPARENT.fullmatch(given) else f"00-{token_hex(16)}-{token_hex(8)}-01"
