"""Nothing lost, nothing doubled: real processes, killed at named points and with their servers
taken away.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from deploy.commands.rebuild import rebuild_figures
from deploy.services import settings_from
from deploy.trouble import Trouble
from tests.flows.town import Process, Town
from tests.waiting import until

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[2]

POINTS = {
    "append.before_insert": "intake",
    "append.after_commit": "intake",
    "relay.on_leadership": "intake",
    "relay.after_read": "intake",
    "relay.between_publishes": "intake",
    "relay.after_publish": "intake",
    "handover.after_send": "intake",
    "handover.before_erase": "coordination",
    "apply.before_commit": "coordination",
    "apply.after_commit": "coordination",
    "apply.before_ack": "coordination",
    "standing.before_commit": "reporting",
}
"""Every crash point of the code, and the process that dies there."""


def test_every_crash_point_of_the_code_is_tried() -> None:
    found = {
        name
        for path in (ROOT / "shared").rglob("*.py")
        for name in re.findall(r'crashpoint\("([a-z_.]+)"\)', path.read_text(encoding="utf-8"))
    }
    assert found == set(POINTS)


async def test_a_process_that_dies_anywhere_loses_and_doubles_nothing(town: Town) -> None:
    """One town, one death after the other; the work goes on while it happens."""
    town.start()
    await town.work(2)
    for point, team in POINTS.items():
        process = town.processes[team]
        process.kill()
        process.start(crashpoint=f"{point}:1" if point == "relay.on_leadership" else f"{point}:2")
        work = asyncio.create_task(town.work(3))

        await until(_dead(process), f"{team} dies at {point}", seconds=60)
        process.start()
        await work
    await town.settled()
    await town.check()


async def test_servers_that_are_taken_away_only_delay(town: Town) -> None:
    """The broker's folder wiped, the broker killed, PostgreSQL killed: all while people work."""
    town.start()
    await town.work(2)
    for strike in (town.servers.wipe_nats, _kill_nats(town), _kill_postgres(town)):
        work = asyncio.create_task(town.work(6))
        await asyncio.to_thread(strike)
        await work
    await town.settled()
    await town.check()


async def test_a_service_that_is_away_catches_up(town: Town) -> None:
    """Coordination and reporting are stopped; the counters go on working."""
    town.start()
    await town.work(2)
    town.processes["coordination"].kill()
    town.processes["reporting"].kill()
    await town.work(5)
    town.processes["coordination"].start()
    town.processes["reporting"].start()
    await town.settled()
    await town.check()


async def test_a_whole_journey_over_all_teams_loses_and_doubles_nothing(whole_town: Town) -> None:
    """Every team dies once on the way, then the broker is emptied, and the figures are made anew
    while people work.
    """
    town = whole_town
    town.start(DEATHS)
    async with asyncio.TaskGroup() as work:
        work.create_task(town.travel(2))
        deaths = [work.create_task(_back_again(p)) for p in town.processes.values()]
        await asyncio.wait(deaths)
        await asyncio.to_thread(town.servers.wipe_nats)
    async with asyncio.TaskGroup() as work:
        work.create_task(town.travel(1))
        await _rebuilt(town)
    await town.settled()
    await town.check()


DEATHS = {
    "intake": "handover.before_erase:1",
    "coordination": "handover.after_send:2",
    "outreach": "handover.before_erase:1",
    "participation": "apply.before_commit:2",
    "community": "append.after_commit:1",
    "reporting": "standing.before_commit:3",
}
"""Where each one dies: in the middle of what only this journey does."""


async def _back_again(process: Process) -> None:
    await until(_dead(process), f"{process.team} dies on the way", seconds=120)
    process.start()


async def _rebuilt(town: Town) -> None:
    """As soon as all teams answer: `rebuild` names who does not, and changes nothing then."""

    async def done() -> bool:
        try:
            await rebuild_figures(settings_from(town.servers.environment("reporting")))
        except Trouble:
            return False
        return True

    await until(done, "a rebuild", seconds=120)


def _dead(process: Process) -> Callable[[], Awaitable[bool]]:
    async def asked() -> bool:
        return process.dead

    return asked


def _kill_nats(town: Town) -> Callable[[], None]:
    def strike() -> None:
        town.servers.kill_nats()
        town.servers.start_nats()

    return strike


def _kill_postgres(town: Town) -> Callable[[], None]:
    def strike() -> None:
        town.servers.kill_postgres()
        town.servers.start_postgres()

    return strike
