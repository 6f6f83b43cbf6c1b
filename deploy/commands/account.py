"""`./tsunagu account …`: who may sign in with a password of ours. People change their own password
on the page of their account; here they come, forget it, and leave.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias, TypeVar

import typer

from deploy.commands.tokens import ROLES, agency_named, district_named, role_named
from deploy.console import out, step
from deploy.opened import opened
from deploy.services import DATA, settings_for
from deploy.standing_servers import servers_at
from deploy.trouble import Trouble
from shared.privacy.access import Role

if TYPE_CHECKING:
    from services.portal.account_book import Person
    from shared.sourcing.log import Connection

account = typer.Typer(help="サインインする人 / who may sign in", no_args_is_help=True)
Login: TypeAlias = Annotated[str, typer.Argument(help="ログイン名 / login")]
Data: TypeAlias = Annotated[Path, typer.Option(help="データのフォルダ / data folder")]
T = TypeVar("T")


@account.command()
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="氏名(画面と記録に出ます)/ name on pages and records")],
    role: Annotated[str, typer.Option(help=f"役割 / {ROLES}")],
    agency: Annotated[str | None, typer.Option(help="機関のコード(例: C-01)/ agency")] = None,
    district: Annotated[
        str | None, typer.Option(help="保健師の担当地区。なければ全市 / district of a nurse")
    ] = None,
    data: Data = DATA,
) -> None:
    """サインインする人を加えます。パスワードを1回だけ表示します。/ Add a person."""
    from services.portal.account_book import add as add_person
    from services.portal.passwords import made_up

    password, chosen = made_up(), role_named(role)

    async def do(db: Connection) -> bool:
        return await add_person(db, person, password)

    with servers_at(data.absolute()):
        city_dir = settings_for("portal", data.absolute()).city_dir
        person = _person(
            *(login, name, chosen),
            *(agency_named(agency, city_dir), district_named(district, city_dir)),
        )
        if not _asked(do, data):
            raise Trouble(
                f"{login} は使われています(前にいた人も含みます)。別のログイン名にしてください。",
                f"{login} is taken, perhaps by a disabled account; choose another login",
            )
    step(f"{login} を加えました", f"{login} is added")
    _show(password)


@account.command()
def password(login: Login, data: Data = DATA) -> None:
    """新しいパスワードを出します。忘れた人のために。/ A new password, for who forgot theirs."""
    from services.portal.account_book import give_password
    from services.portal.passwords import made_up

    fresh = made_up()

    async def do(db: Connection) -> bool:
        return await give_password(db, login, fresh)

    with servers_at(data.absolute()):
        _require(login, found=_asked(do, data))
    step(f"{login} のパスワードを変えました", f"{login} has a new password")
    _show(fresh)


@account.command()
def disable(login: Login, data: Data = DATA) -> None:
    """サインインできないようにします。記録は残ります。/ Nobody signs in with it any more."""
    from shared.web.tokens import WORKING_DAY

    _let_in(login, data, active=False)
    hours = int(WORKING_DAY.total_seconds()) // 3600
    step(
        f"{login} はもうサインインできません。開いている画面は、遅くともサインインから"
        f"{hours}時間で使えなくなります。",
        f"{login} cannot sign in any more; what is open ends {hours} h after its sign-in at latest",
    )


@account.command()
def enable(login: Login, data: Data = DATA) -> None:
    """もう一度サインインできるようにします。/ Let this person in again."""
    _let_in(login, data, active=True)
    step(f"{login} はサインインできます", f"{login} may sign in")


@account.command(name="list")
def list_(data: Data = DATA) -> None:
    """サインインする人の一覧。/ Everybody, with role, office and last sign-in."""
    from services.portal.account_book import entries
    from shared.runtime.clock import CITY_TIME

    with servers_at(data.absolute()):
        found = _asked(entries, data)
    for one in found:
        last = one.last_signed_in_at
        seen = f"{last.astimezone(CITY_TIME):%Y-%m-%d}" if last else "-"
        office = " ".join(filter(None, (one.agency, one.district))) or "-"
        state = "" if one.active else "  使えません / disabled"
        line = f"{one.login:<20} {one.role:<12} {office:<22} {seen:<10}  {one.name}{state}"
        out.print(line, markup=False)


def _let_in(login: str, data: Path, *, active: bool) -> None:
    from services.portal.account_book import let_in

    async def do(db: Connection) -> bool:
        return await let_in(db, login, active=active)

    with servers_at(data.absolute()):
        _require(login, found=_asked(do, data))


def _person(login: str, name: str, role: Role, agency: str | None, district: str | None) -> Person:
    """Somebody who can do their work with what is said of them."""
    from services.portal.account_book import LOGIN, OFFICES, Person

    if not LOGIN.fullmatch(login):
        raise Trouble(
            "ログイン名は、英小文字と数字と . _ - で2文字から40文字です。",
            "a login is 2 to 40 of a-z, 0-9, dot, underscore and hyphen",
        )
    if not (name := name.strip()) or not name.isprintable():
        raise Trouble("氏名を --name に入れてください。", "--name is needed")
    if role is Role.INTEGRATOR:
        raise Trouble(
            "連携システムはサインインしません。./tsunagu token を使ってください。",
            "another system does not sign in; use ./tsunagu token",
        )
    if (agency is None) == (role in OFFICES):
        raise Trouble(
            f"役割 {role} には --agency が" + ("要ります。" if agency is None else "ありません。"),
            f"the role {role} " + ("needs an --agency" if agency is None else "has no agency"),
        )
    if district is not None and role is not Role.NURSE:
        raise Trouble("--district は保健師だけのものです。", "only a nurse has a --district")
    return Person(login, name, role, agency, district)


def _require(login: str, *, found: bool) -> None:
    if not found:
        raise Trouble(
            f"{login} という人はいません。./tsunagu account list で確かめてください。",
            f"there is no account {login}; see ./tsunagu account list",
        )


def _asked(do: Callable[[Connection], Awaitable[T]], data: Path) -> T:
    async def asked(folder: Path) -> T:
        async with _accounts(folder) as db:
            return await do(db)

    return asyncio.run(asked(data.absolute()))


@asynccontextmanager
async def _accounts(folder: Path) -> AsyncIterator[Connection]:
    async with opened("portal", folder) as host, host.store.pool.acquire() as db:
        yield db


def _show(password_: str) -> None:
    out.print(f"\n  {password_}\n", markup=False)
    out.print(
        "本人にだけ渡してください。二度は表示しません。本人は「自分のアカウント」で変えられます。"
        " / for this person only, shown once; they change it on the page of their account"
    )
