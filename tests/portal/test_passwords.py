"""One's own password: changed by whoever knows it, refused where it would be guessed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest

from deploy.embedded import Servers
from deploy.services import service_of
from services.portal.account_book import Person, add, entries, give_password, let_in
from services.portal.accounts import change_password, sign_in
from services.portal.passwords import SHORTEST, made_up, too_weak
from shared.privacy.access import Role, Staff
from shared.runtime.settings import Settings
from shared.sourcing.log import Connection
from tests.casefile.running import NOW, Client, Running, page, running, send

HANAKO = Person("hanako", "見本 花子", Role.COUNTER, "C-01", None)
STAFF = Staff("local:hanako", "見本 花子", Role.COUNTER, "C-01")
OLD, NEW = "the old long one", "朝はパンと味噌汁を食べる"
TYPED: dict[str, Any] = {"password": OLD, "password_new": NEW, "password_again": NEW}
PAGE = "/portal/account/password"


@pytest.fixture
async def portal(
    settings_of: Callable[[str], Settings], servers: Servers
) -> AsyncIterator[Running]:
    async with running(service_of("portal"), settings_of("portal"), servers) as here:
        async with here.host.store.pool.acquire() as db:
            assert await add(db, HANAKO, OLD)
        yield here


@pytest.fixture
async def db(portal: Running) -> AsyncIterator[Connection]:
    async with portal.host.store.pool.acquire() as connection:
        yield connection


@pytest.fixture
async def web(portal: Running) -> AsyncIterator[Client]:
    async with portal.as_(STAFF) as client:
        yield client


@pytest.mark.parametrize(
    ("weak", "why"),
    [
        ("a" * (SHORTEST - 1), "文字以上"),
        ("ababababababab", "繰り返し"),
        ("I am Hanako of 2026", "ログイン名や氏名"),
        ("花子です、よろしくお願いします", "ログイン名や氏名"),
    ],
)
def test_what_is_guessed_is_refused_with_the_reason(weak: str, why: str) -> None:
    said = too_weak(weak, "hanako", "架空 花子です")
    assert said is not None
    assert why in said.ja
    assert said.en


def test_what_is_made_up_will_do() -> None:
    assert too_weak(made_up(), "hanako", "見本 花子") is None
    assert too_weak(NEW, "hanako", "見本 花子") is None


async def test_a_password_is_changed_on_its_page(web: Client, db: Connection) -> None:
    assert PAGE in await page(web, "/portal/account")
    assert 'autocomplete="new-password"' in await page(web, PAGE)
    assert (await send(web, PAGE, **TYPED)).startswith("/portal/account")
    assert (await sign_in(db, "hanako", OLD, NOW)).staff is None
    assert (await sign_in(db, "hanako", NEW, NOW)).staff == STAFF
    assert NEW not in str(await db.fetch("SELECT * FROM accounts"))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"password": "x", "password_new": NEW, "password_again": NEW}, "今のパスワードが違います"),
        ({"password": OLD, "password_new": NEW, "password_again": "x"}, "1回目と違います"),
        ({"password": OLD, "password_new": "short", "password_again": "short"}, "文字以上"),
        ({"password": OLD, "password_new": OLD, "password_again": OLD}, "今のパスワードと同じ"),
        ({"password": OLD, "password_new": NEW}, "新しいパスワード(もう一度)"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_changes(
    web: Client, db: Connection, typed: dict[str, Any], why: str
) -> None:
    shown = await send(web, PAGE, 422, **typed)
    assert why in shown
    assert not any(value in shown for value in typed.values() if len(value) > len("x"))
    assert (await sign_in(db, "hanako", OLD, NOW)).staff == STAFF


async def test_guessing_at_the_present_one_is_slowed_down(db: Connection) -> None:
    async def tried(password: str) -> str:
        wrong = await change_password(db, STAFF.staff_id, password, NEW, NOW)
        return wrong.sentence if wrong else ""

    assert {await tried(f"guess {n}") for n in range(5)} == {"今のパスワードが違います。"}
    assert "待ってから" in await tried(OLD)
    later = NOW + timedelta(minutes=6)
    assert await change_password(db, STAFF.staff_id, OLD, NEW, later) is None


async def test_who_has_no_password_is_told_so(portal: Running) -> None:
    async with portal.as_(Staff("token:api", "API", Role.COUNTER, "C-01")) as client:
        assert "パスワードがありません" in await page(client, PAGE)
        assert "パスワードがありません" in await send(client, PAGE, 422, **TYPED)


async def test_a_password_that_comes_too_late_stands_on_no_page(
    portal: Running, web: Client
) -> None:
    """After the sign-in has ended, what was typed is shown to be kept; this must not be."""
    del web.headers["Authorization"]
    web.headers["Sec-Fetch-Site"] = "same-origin"
    assert (await send(web, PAGE, **TYPED)).startswith("/portal/sign-in")


async def test_the_book_of_the_accounts(db: Connection) -> None:
    assert not await add(db, HANAKO, NEW), "taken"
    assert await let_in(db, "hanako", active=False)
    assert (await sign_in(db, "hanako", OLD, NOW)).staff is None
    assert await change_password(db, STAFF.staff_id, OLD, NEW, NOW) is not None
    assert not await add(db, HANAKO, NEW), "nobody gets the number of one who left"
    assert [one.active for one in await entries(db) if one.login == "hanako"] == [False]
    assert await let_in(db, "hanako", active=True)
    assert await give_password(db, "hanako", NEW)
    assert (await sign_in(db, "hanako", NEW, NOW)).staff == STAFF
    assert not await give_password(db, "nobody", NEW)
    assert not await let_in(db, "nobody", active=True)
