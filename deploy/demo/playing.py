"""The demonstration: the sample year of the counters, and thirty households on their way.

It speaks to the services as any integrator does, over their JSON, with ids of its own for every
command; playing it twice adds nothing. All persons are invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
from rich.progress import Progress

from deploy.console import out
from deploy.demo.journeys import journey, refer
from deploy.demo.office import office_work
from deploy.demo.people import Household, households, referred
from deploy.demo.places import GAPS, LOGS, SESSIONS, VENUES
from deploy.demo.stage import Stage, opened, tokens_of
from shared.runtime.clock import Clock

if TYPE_CHECKING:
    from shared.runtime.settings import Settings


async def play(address: str, settings: Mapping[str, Settings], kept: Path) -> None:
    """Load the sample year, register the places, and follow the households.

    `kept` is where the day of the first try is noted: a second one after a failure asks with the
    very same words, which the services know, so that only what is missing is added.
    """
    from deploy.commands.imports import load_sample

    loaded = kept.with_suffix(".loaded")
    if loaded.exists():
        out.print("✓ 見本はもう入っています / the demonstration is loaded already\n")
        return
    played_on = _day_of(kept)
    people = households(played_on)
    await load_sample(settings["intake"])
    async with opened(address) as web:
        tokens = tokens_of(settings["portal"])
        places = [await _place(web, tokens, venue) for venue in VENUES]
        await _logs(web, tokens, group=places[0])
        await _gone(web, tokens, played_on)
        with Progress(console=out, transient=True) as progress:
            bar = progress.add_task("見本の世帯 / households", total=len(people))
            for person in people:
                await journey(Stage(web, tokens, person, played_on), places)
                progress.advance(bar)
        for person in referred(played_on):
            await refer(Stage(web, tokens, person, played_on))
        await office_work(web, tokens, played_on)
    loaded.touch()
    out.print(f"✓ 見本を入れました（{len(people)}世帯） / the demonstration is loaded\n")


def _day_of(kept: Path) -> date:
    if not kept.exists():
        kept.write_text(Clock().today().isoformat(), encoding="ascii")
    return date.fromisoformat(kept.read_text(encoding="ascii"))


async def _place(
    web: httpx2.AsyncClient, tokens: Mapping[str, str], venue: Mapping[str, Any]
) -> str:
    """A place of the directory, with a session recorded."""
    opened_on = date(2026, 5, 11)
    keeper = Household(venue["name"], "", "C-10", opened_on, "", 1, (), "", 0)
    stage = Stage(web, tokens, keeper, opened_on)
    made = await stage.post("/community/api/resources", published=True, **venue)
    resource = str(made["id"])
    for held_on, counts in SESSIONS:
        await stage.post(
            "/community/api/activities",
            programme="3イ",
            kind="ikiiki-session",
            resource_id=resource,
            held_on=held_on,
            counts=counts,
        )
    return resource


async def _logs(web: httpx2.AsyncClient, tokens: Mapping[str, str], *, group: str) -> None:
    """What is missing, and every kind of record that an indicator takes from (Q-07 … Q-26)."""
    since = date(2026, 5, 11)
    stage = Stage(web, tokens, Household("記録", "", "C-10", since, "", 1, (), "", 0), since)
    for missing, noted_on in GAPS:
        await stage.post("/community/api/gaps", kind=missing, noted_on=noted_on)
    for programme, kind, held_on, counts, story in LOGS:
        said: dict[str, Any] = {"story": story} if story else {}
        if kind == "group-session":
            said["resource_id"] = group
        await stage.post(
            "/community/api/activities",
            programme=programme,
            kind=kind,
            held_on=held_on,
            counts=counts,
            **said,
        )


async def _gone(web: httpx2.AsyncClient, tokens: Mapping[str, str], today: date) -> None:
    """A place that is no longer there."""
    stage = Stage(web, tokens, Household("閉じた場所", "", "C-10", today, "", 1, (), "", 0), today)
    made = await stage.post("/community/api/resources", name="かえで会のお茶の間", kind="salon")
    await stage.post(
        f"/community/api/resources/{made['id']}/retirement",
        reason="closed-down",
        retired_on=today.isoformat(),
    )
