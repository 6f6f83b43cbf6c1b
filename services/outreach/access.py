"""Who may use outreach's pages: those who do it (A-03, A-04)."""

from __future__ import annotations

from shared.privacy.access import AccessRule, Role

_PEOPLE = frozenset({Role.COORDINATOR, Role.NURSE})

LIST = AccessRule("アウトリーチの一覧", _PEOPLE, personal=True)
REQUEST = AccessRule("アウトリーチの依頼", _PEOPLE, personal=True)
