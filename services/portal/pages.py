"""The front door: sign-in, home, one's own account, the operators' first page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

import structlog
from fastapi import APIRouter, Depends, FastAPI
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from services.portal.accounts import (
    AccountRow,
    account,
    change_password,
    ensure_accounts,
    sign_in,
)
from services.portal.desk import Desk
from services.portal.passwords import SHORTEST
from services.portal.streams import Stream, streams_now
from services.portal.tasks import Task, tasks_for
from shared.privacy.access import PUBLIC, STAFF, AccessRule, Role
from shared.web.desks import desk_of
from shared.web.forms import WHOLE, Form, blank, read_form
from shared.web.nav import ROLES
from shared.web.pages import Pages, signed_in
from shared.web.render import render, see_other
from shared.web.tokens import WORKING_DAY, cookie_name, issue

log = structlog.get_logger(__name__)
STREAMS = AccessRule("動作状況", frozenset({Role.OPERATOR}))
DeskHere = Annotated[Desk, Depends(desk_of)]


class Credentials(BaseModel):
    login: str = Field(title="ログイン名", max_length=100)
    password: str = Field(title="パスワード", max_length=200)
    next: str = Field("/", title="次の画面", max_length=2000)


@dataclass(frozen=True)
class SignInPage:
    form: Form[Credentials]


@dataclass(frozen=True)
class HomePage:
    tasks: list[Task]


@dataclass(frozen=True)
class AccountPage:
    account: AccountRow | None
    role: str


class NewPassword(BaseModel):
    # Fields whose names begin so are never shown again (shared/web/problems.py).
    password: str = Field(title="今のパスワード", max_length=200)
    password_new: str = Field(title="新しいパスワード", max_length=200)
    password_again: str = Field(title="新しいパスワード(もう一度)", max_length=200)


@dataclass(frozen=True)
class PasswordPage:
    form: Form[NewPassword]
    account: AccountRow | None
    shortest: int = SHORTEST
    hours: int = int(WORKING_DAY.total_seconds()) // 3600


@dataclass(frozen=True)
class StreamsPage:
    streams: list[Stream] | None

    @property
    def parked(self) -> bool:
        return any(stream.parked for stream in self.streams or ())


@asynccontextmanager
async def first_accounts(app: FastAPI) -> AsyncIterator[None]:
    """The host has started by now; see that somebody can sign in."""
    host = app.state.host
    await ensure_accounts(host.store.pool, host.settings.accounts_file, host.city)
    yield


start = APIRouter(lifespan=first_accounts)
home = Pages("portal", prefix="")
pages = Pages("portal")


@home.get("/", rule=STAFF)
async def show_home(request: Request) -> Response:
    return render(request, "home.html", HomePage(tasks_for(request.state.staff.role)))


@pages.get("", rule=STAFF)
async def to_home() -> Response:
    return see_other("/")


@pages.get("/sign-in", rule=PUBLIC)
async def show_sign_in(request: Request, next: str = "/") -> Response:
    if signed_in(request):
        return see_other(_own(next))
    return render(request, "sign_in.html", SignInPage(blank(Credentials, next=_own(next))))


@pages.post("/sign-in", rule=PUBLIC)
async def create_sign_in(request: Request, desk: DeskHere) -> Response:
    form = await read_form(request, Credentials)
    if form.value is None:
        return render(request, "sign_in.html", SignInPage(form), form.status)
    now = desk.clock.now()
    onward = _own(form.value.next)
    tried = await sign_in(desk.db, form.value.login, form.value.password, now)
    if tried.staff is None:
        form = form.wrong(WHOLE, tried.sentence)
        return render(request, "sign_in.html", SignInPage(form), form.status)
    key = request.app.state.host.settings.token_signing_key_file.read_bytes()
    response = see_other(onward)
    response.set_cookie(
        cookie_name(request),
        issue(key, tried.staff, now),
        max_age=int(WORKING_DAY.total_seconds()),
        httponly=True,
        secure=request.url.scheme == "https",
        samesite="lax",
        path="/",
    )
    return response


@pages.post("/sign-out", rule=PUBLIC)
async def create_sign_out(request: Request) -> Response:
    response = see_other("/portal/sign-in", said="サインアウトしました。")
    response.delete_cookie(
        cookie_name(request), path="/", httponly=True, secure=request.url.scheme == "https"
    )
    return response


@pages.get("/account", rule=STAFF)
async def show_account(request: Request, desk: DeskHere) -> Response:
    staff = request.state.staff
    page = AccountPage(await account(desk.db, staff.staff_id), ROLES[staff.role])
    return render(request, "account.html", page)


@pages.get("/account/password", rule=STAFF)
async def show_password(request: Request, desk: DeskHere) -> Response:
    own = await account(desk.db, request.state.staff.staff_id)
    return render(request, "password.html", PasswordPage(blank(NewPassword), own))


@pages.post("/account/password", rule=STAFF)
async def create_password(request: Request, desk: DeskHere) -> Response:
    form = await read_form(request, NewPassword)
    staff = request.state.staff
    if form.value is not None:
        form = await _changed(form, form.value, desk, staff.staff_id)
    if form.value is None:
        own = await account(desk.db, staff.staff_id)
        return render(request, "password.html", PasswordPage(form, own), form.status)
    log.info("account.password_changed", actor=staff.staff_id)
    return see_other("/portal/account", said="パスワードを変えました。次のサインインから使います。")


async def _changed(
    form: Form[NewPassword], typed: NewPassword, desk: Desk, staff_id: str
) -> Form[NewPassword]:
    """The form with what keeps the password from being changed, if anything does."""
    if typed.password_new != typed.password_again:
        return form.wrong(
            "again", "1回目と違います。新しいパスワードを2回とも同じに入れてください。"
        )
    wrong = await change_password(
        desk.db, staff_id, typed.password, typed.password_new, desk.clock.now()
    )
    return form if wrong is None else form.wrong(wrong.field, wrong.sentence)


@pages.get("/streams", rule=STREAMS)
async def show_streams(request: Request) -> Response:
    host = request.app.state.host
    client = host.bus.client if host.bus.state.connected else None
    streams = await streams_now(client, host.city.code)
    return render(request, "streams.html", StreamsPage(streams))


def _own(path: str) -> str:
    """Only addresses of this very site; anything else is home."""
    parts = urlsplit(path)
    foreign = parts.scheme or parts.netloc or not path.startswith("/") or path.startswith("//")
    odd = "\\" in path or not path.isprintable() or not path.isascii()
    return "/" if foreign or odd or parts.path == "/portal/sign-in" else path
