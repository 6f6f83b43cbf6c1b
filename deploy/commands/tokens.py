"""`./tsunagu token`: a bearer token for the JSON API, signed with the portal's key."""

from __future__ import annotations

import hashlib
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from deploy.services import DATA, settings_for
from deploy.trouble import Trouble
from shared.privacy.access import Role, Staff

ROLES = ", ".join(Role)


def token(
    role: Annotated[str, typer.Option(help=f"役割 / {ROLES}")],
    agency: Annotated[
        str | None, typer.Option(help="機関のコード(例: C-01)/ code of the agency")
    ] = None,
    district: Annotated[
        str | None,
        typer.Option(help="保健師の担当地区(例: nd-tasai)/ district of a nurse; none: whole city"),
    ] = None,
    name: Annotated[str, typer.Option(help="画面と記録に出る名前 / name in the log")] = "API",
    days: Annotated[int, typer.Option(help="有効な日数 / days it is valid", min=1, max=366)] = 1,
    data: Annotated[Path, typer.Option(help="データのフォルダ / data folder")] = DATA,
) -> None:
    """API用の鍵を表示します。パスワードと同じように扱ってください。/ Print a bearer token.

    使い方: curl -H "Authorization: Bearer $(./tsunagu token --role counter --agency C-01)" …
    """
    from shared.runtime.clock import Clock
    from shared.web.tokens import issue

    settings = settings_for("portal", data.absolute())
    city_dir = settings.city_dir
    staff = Staff(
        _id_of(name, agency),
        name,
        role_named(role),
        agency_named(agency, city_dir),
        district_named(district, city_dir),
    )
    if settings.token_signing_key_file is None:
        raise Trouble(
            "TSUNAGU_TOKEN_SIGNING_KEY_FILE がありません。portal の設定で実行してください。",
            "no signing key; run this with the portal's settings",
        )
    key = settings.token_signing_key_file.read_bytes()
    sys.stdout.write(issue(key, staff, Clock().now(), timedelta(days=days)) + "\n")


def _id_of(name: str, agency: str | None) -> str:
    """Who acts, as it stands on every event: another name or another agency is another system.

    Nothing random: a system with a new token is still the same, and a command that it sends again
    must be known.
    """
    legible = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "api"
    apart = hashlib.sha256(f"{agency or ''}\n{name}".encode()).hexdigest()[:8]
    return f"token:{legible}-{apart}"


def role_named(role: str) -> Role:
    try:
        return Role(role)
    except ValueError as error:
        raise Trouble(
            f"役割 {role} はありません。{ROLES} から選んでください。",
            f"there is no role {role}; choose one of {ROLES}",
        ) from error


def agency_named(agency: str | None, city_dir: Path) -> str | None:
    from shared.vocabulary.city import City

    if agency is not None and agency not in City.load(city_dir).codes("agencies"):
        raise Trouble(
            f"機関 {agency} はありません。deploy/municipalities/{city_dir.name}/ を見てください。",
            f"there is no agency {agency}; see deploy/municipalities/{city_dir.name}/",
        )
    return agency


def district_named(district: str | None, city_dir: Path) -> str | None:
    from shared.vocabulary.city import City

    known = City.load(city_dir).codes("nurse_districts") if district is not None else ()
    if district is not None and district not in known:
        raise Trouble(
            f"地区 {district} はありません。{'、'.join(known)} から選んでください。",
            f"there is no district {district}; choose one of {', '.join(known)}",
        )
    return district
