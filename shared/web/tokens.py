"""Who is signed in, as a signed token: the portal signs, every service verifies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import jwt
from starlette.requests import HTTPConnection

from shared.privacy.access import Role, Staff

WORKING_DAY = timedelta(hours=10)
"""A sign-in ends with the working day."""

_ISSUER = "tsunagu"


def issue(
    signing_key: str | bytes, staff: Staff, now: datetime, life: timedelta = WORKING_DAY
) -> str:
    """An EdDSA token that says who this is until `now + life`."""
    claims = {
        "iss": _ISSUER,
        "aud": _ISSUER,
        "sub": staff.staff_id,
        "name": staff.name,
        "role": staff.role.value,
        "agency": staff.agency,
        "district": staff.district,
        "iat": now.astimezone(UTC),
        "exp": (now + life).astimezone(UTC),
    }
    return jwt.encode(claims, signing_key, algorithm="EdDSA")


def verify(public_key: str | bytes, token: str) -> Staff | None:
    """Who the token names; None when it is forged, expired or not ours."""
    try:
        claims = jwt.decode(
            token,
            public_key,
            algorithms=["EdDSA"],
            audience=_ISSUER,
            issuer=_ISSUER,
            options={"require": ["exp", "iat", "sub", "aud", "iss"]},
        )
        agency, district = claims.get("agency"), claims.get("district")
        return Staff(
            staff_id=str(claims["sub"]),
            name=str(claims["name"]),
            role=Role(claims["role"]),
            agency=None if agency is None else str(agency),
            district=None if district is None else str(district),
        )
    except (jwt.PyJWTError, KeyError, ValueError):
        return None


def cookie_name(request: HTTPConnection) -> str:
    """`__Host-` binds the cookie to this very host; browsers refuse the prefix on plain http."""
    return "__Host-tsunagu" if request.url.scheme == "https" else "tsunagu"


def token_of(request: HTTPConnection) -> str | None:
    """The bearer token if there is one, else the cookie."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and given.strip():
        return given.strip()
    return request.cookies.get(cookie_name(request))
