"""The services as staff know them: what they are called and whom they are for."""

from __future__ import annotations

from dataclasses import dataclass

from shared.privacy.access import Role

_CASEWORK = frozenset({Role.COUNTER, Role.COORDINATOR, Role.NURSE})
_VISITORS = frozenset({Role.COORDINATOR, Role.NURSE})
_ALL = frozenset(Role) - {Role.INTEGRATOR}


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    team: str
    label: str
    href: str
    roles: frozenset[Role]


PLACES = (
    Place("intake", "相談", "/intake", _CASEWORK),
    Place("coordination", "調整・プラン", "/coordination", _CASEWORK),
    Place("outreach", "アウトリーチ", "/outreach", _VISITORS),
    Place("participation", "参加支援", "/participation", _VISITORS),
    Place("community", "地域づくり", "/community", _CASEWORK | {Role.COMMUNITY}),
    Place("reporting", "計画の指標", "/reporting", _ALL),
    Place("portal", "動作状況", "/portal/streams", frozenset({Role.OPERATOR})),
)

ROLES = {
    Role.COUNTER: "窓口職員",
    Role.COORDINATOR: "多機関協働の担当",
    Role.NURSE: "地区担当保健師",
    Role.COMMUNITY: "地域づくり担当",
    Role.MANAGER: "管理職・推進会議",
    Role.OPERATOR: "運用者",
    Role.INTEGRATOR: "連携システム",
}


def places_for(role: Role | None) -> list[Place]:
    """What this role finds at the top of every page."""
    return [place for place in PLACES if role in place.roles]
