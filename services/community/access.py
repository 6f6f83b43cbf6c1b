"""Who may use community's pages: everybody may look, those who do the work may write."""

from __future__ import annotations

from shared.privacy.access import STAFF, AccessRule, Role

LOOK = AccessRule("社会資源の台帳", STAFF.roles | {Role.INTEGRATOR})
WRITE = AccessRule(
    "社会資源の登録", frozenset({Role.COMMUNITY, Role.COORDINATOR, Role.NURSE, Role.COUNTER})
)
NOTICING = frozenset({Role.COORDINATOR, Role.NURSE})
"""Who may write down 気になる方 (outreach); the others tell one of them."""
