"""Who may use participation's pages: those who do it (A-03, A-04)."""

from __future__ import annotations

from shared.privacy.access import AccessRule, Role

_PEOPLE = frozenset({Role.COORDINATOR, Role.NURSE})

LIST = AccessRule("参加支援の一覧", _PEOPLE, personal=True)
REQUEST = AccessRule("参加支援の依頼", _PEOPLE, personal=True)
PLACES = AccessRule("受け入れ先の一覧", _PEOPLE | {Role.COMMUNITY, Role.INTEGRATOR})
