"""Portal: the whole service as one value. It signs people in and tells no facts."""

from __future__ import annotations

from pathlib import Path

from services.portal.contracts import contracts
from services.portal.desk import open_desk
from services.portal.pages import home, pages, start
from shared.runtime.service import Service

portal = Service(
    team="portal",
    title="入口",
    folder=Path(__file__).parent,
    routers=(start, home, pages, contracts),
    desk=open_desk,
)
