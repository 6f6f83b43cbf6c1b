"""The dashboard asks for what the services say of themselves, and for nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from httpx2 import ASGITransport, AsyncClient

from deploy.services import ROOT, app_of
from shared.runtime.settings import Settings
from tests.waiting import until

DASHBOARD = ROOT / "deploy" / "grafana" / "tsunagu.json"


async def test_every_figure_of_the_dashboard_is_exported_and_every_exported_one_is_shown(
    settings_of: Callable[[str], Settings],
) -> None:
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    asked = " ".join(target["expr"] for panel in panels for target in panel["targets"])
    app = app_of(settings_of("intake"))
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client,
    ):

        async def exported() -> set[str]:
            said = (await client.get("/intake/metrics")).text
            return set(re.findall(r"^# TYPE (\w+)", said, re.M))

        async def heard() -> bool:  # a source is known from the first look at its stream
            return "tsunagu_consumer_lag" in await exported()

        await until(heard, "the consumers say how far they are")
        assert set(re.findall(r"tsunagu_\w+", asked)) == await exported()
    labels = {*re.findall(r"by \(([^)]+)\)", asked)}
    assert labels == {"team", "team, source"}


def test_no_panel_lies_on_another_and_each_number_is_its_own() -> None:
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    places = {(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}
    assert len(places) == len({panel["id"] for panel in panels}) == len(panels)
