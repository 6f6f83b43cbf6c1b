"""The page of the streams asks by the city's code, whatever the city's folder is called."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from deploy.embedded import Servers
from deploy.services import service_of
from shared.privacy.access import Role, Staff
from shared.runtime.settings import Settings
from tests.casefile.running import page, running
from tests.waiting import until

OPERATOR = Staff("operator-1", "見本 運用", Role.OPERATOR)


async def test_a_city_whose_folder_has_another_name_is_asked_by_its_code(
    settings_of: Callable[[str], Settings], servers: Servers, tmp_path: Path
) -> None:
    shutil.copytree(servers.city.path, tmp_path / "our-city")
    elsewhere = settings_of("portal").model_copy(update={"city_dir": tmp_path / "our-city"})
    intake, portal = service_of("intake"), service_of("portal")
    async with running(intake, settings_of("intake"), servers) as teller:

        async def tells() -> bool:
            return teller.host.bus.state.connected

        await until(tells, "intake finds its broker")
        async with running(portal, elsewhere, servers) as here, here.as_(OPERATOR) as client:

            async def answered() -> object:
                shown = await page(client, "/portal/streams")
                return re.search(r"<h2>相談 .*?動いています", shown, re.S)

            await until(answered, "the page shows that intake answers")
            shown = await page(client, "/portal/streams")
    (first,) = re.findall(r"<h2>相談 .*?</h2>", shown, re.S)
    assert "返事がありません" not in first
