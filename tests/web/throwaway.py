"""A small service that exists only here: every kind of field, every kind of error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from fastapi import FastAPI
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from shared.privacy.access import AccessRule, Role, Staff
from shared.sourcing.decider import Refused
from shared.sourcing.lane import StoreAway
from shared.sourcing.writer import StoreBusy
from shared.web.dress import dress
from shared.web.forms import Form, blank, read_form
from shared.web.messages import Message
from shared.web.pages import Api, Pages
from shared.web.render import render, see_other
from shared.web.tokens import issue

_PAIR = Ed25519PrivateKey.generate()
PRIVATE = _PAIR.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
PUBLIC_KEY = _PAIR.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
NURSES = AccessRule("訪問", frozenset({Role.NURSE}))
WAYS = [("home", "訪問"), ("phone", "電話")]
MESSAGES = {"too-late": Message("{day}日を過ぎました。", "Later than day {day}.")}


class Visit(BaseModel):
    visited_on: date = Field(title="訪問日")
    people: int = Field(title="世帯人数", ge=1, le=30)
    way: Literal["home", "phone"] = Field(title="方法")
    to: Literal["home", "phone"] | None = Field(None, title="相手")
    needs: list[Literal["home", "phone"]] = Field([], title="課題")
    note: str = Field("", title="メモ", max_length=20)


@dataclass(frozen=True)
class VisitPage:
    form: Form[Visit]
    ways: list[tuple[str, str]]


pages, api = Pages("x"), Api("x")


@pages.get("/new", rule=NURSES)
async def new(request: Request) -> Response:
    return render(request, "new.html", VisitPage(blank(Visit, people=3), WAYS))


@pages.post("/visits", rule=NURSES)
async def create(request: Request) -> Response:
    form = await read_form(request, Visit)
    if form.value is None:
        return render(request, "new.html", VisitPage(form, WAYS), form.status)
    if form.value.people == 30:
        form = form.refuse(Refused("too-late", day=3), MESSAGES)
        return render(request, "new.html", VisitPage(form, WAYS), form.status)
    return see_other("/x/new", said="訪問を記録しました。")


@pages.get("/away", rule=NURSES)
async def away() -> Response:
    raise StoreAway


@api.post("/away", rule=NURSES)
async def busy() -> Response:
    raise StoreBusy


@pages.get("/boom", rule=NURSES)
async def boom() -> Response:
    raise ValueError("秘密の言葉")


@api.post("/visits", rule=NURSES)
async def create_json(visit: Visit) -> Visit:
    return visit


@api.get("/refused/{code}", rule=NURSES)
async def refused(code: str) -> None:
    raise Refused(code, day=3)


def client(folder: Path, role: Role | None = Role.NURSE) -> TestClient:
    """The service with somebody signed in."""
    app = FastAPI()
    app.include_router(pages)
    app.include_router(api)
    key = folder / "token.pub"
    key.write_bytes(PUBLIC_KEY)
    service: Any = SimpleNamespace(
        team="x", title="試し", templates=Path(__file__).parent / "templates", messages=MESSAGES
    )
    city: Any = SimpleNamespace(name="試し市", label=lambda _kind, code: code)
    dress(app, service, SimpleNamespace(token_public_key_file=key), city)  # type: ignore[arg-type]  # only the key is read
    asking = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
    if role is not None:
        asking.cookies.set("tsunagu", token(role))
    return asking


def token(role: Role) -> str:
    return issue(PRIVATE, Staff("s-1", "佐藤 花子", role, "C-01"), datetime.now(UTC))
