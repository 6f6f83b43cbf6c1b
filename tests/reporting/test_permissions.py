"""Who sees which figures and words: staff, the managers, other systems."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared.privacy.access import Role
from tests.reporting.conftest import Client
from tests.reporting.test_pages import page
from tests.reporting.test_years import send

SignIn = Callable[[Client, Role], None]
HERE = "/reporting/surveys/2026/end"


@pytest.mark.parametrize(
    "path",
    [
        *("/reporting", "/reporting/indicators/Q-02", "/reporting/compare", "/reporting/years"),
        *("/reporting/beyond", "/reporting/quality", "/reporting/return", "/reporting/reviews"),
        *("/reporting/surveys", "/reporting/report.pdf", "/reporting/report.xlsx"),
        *("/reporting/indicators.csv", "/reporting/api/indicators/Q-02/facts"),
        *("/reporting/api/return", "/reporting/api/beyond", "/reporting/api/quality"),
        *("/reporting/beyond/returned", "/reporting/api/beyond/returned"),
        *("/reporting/api/targets", "/reporting/api/reviews", "/reporting/api/years/2026/closings"),
    ],
)
async def test_other_systems_see_no_unhidden_figure(
    client: Client, sign_in: SignIn, path: str
) -> None:
    sign_in(client, Role.INTEGRATOR)
    assert (await client.get(path)).status_code == 403


async def test_other_systems_get_what_is_published(client: Client, sign_in: SignIn) -> None:
    where = "/reporting/api/indicators?fiscal_year=2026"
    staff = {one["id"]: one for one in (await client.get(where)).json()["indicators"]}
    assert (staff["Q-02"]["total"], staff["Q-02"]["hidden"]) == (2, False)
    sign_in(client, Role.INTEGRATOR)
    found = {one["id"]: one for one in (await client.get(where)).json()["indicators"]}
    assert (found["Q-02"]["total"], found["Q-02"]["hidden"]) == (None, True)
    assert found["Q-02"]["parts"] == []
    assert found["Q-05"]["total"] == staff["Q-05"]["total"], "places are no persons"


async def test_hearings_are_read_by_those_who_hold_them(client: Client, sign_in: SignIn) -> None:
    await send(client, HERE, closes_on="R8.12.23")
    heard = {"agency": "C-01", "on": "2026-11-23", "note": "頼みやすい"}
    assert (await send(client, f"{HERE}/hearings", **heard)).status_code == 303
    for role in (Role.MANAGER, Role.COORDINATOR):
        sign_in(client, role)
        assert "頼みやすい" in await page(client, HERE)
    for role in (Role.COUNTER, Role.COMMUNITY, Role.NURSE, Role.OPERATOR):
        sign_in(client, role)
        shown = await page(client, HERE)
        assert "頼みやすい" not in shown
        assert "ヒアリング" not in shown
