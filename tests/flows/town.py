"""A small town of real processes: `tsunagu run` for three services, a counter that never gives up,
and a recount.

The counter keeps a journal outside the system: every command with its id, retried until it was
answered.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import asyncpg
import httpx2

from deploy.embedded import Servers
from deploy.servers.ports import free_port
from deploy.services import ROOT, settings_from
from deploy.verify import examine
from shared.privacy.access import Role, Staff
from shared.runtime.clock import Clock
from shared.web.tokens import issue
from tests.waiting import until

TEAMS = ("intake", "coordination", "reporting")
COUNTER = "C-08"
NAME = "架空 つばめ"


@dataclass
class Process:
    """One service alone, as a container runs it."""

    team: str
    servers: Servers
    port: int = field(default_factory=free_port)
    child: subprocess.Popen[bytes] | None = None

    def start(self, crashpoint: str = "") -> None:
        """`crashpoint` (`name:n`) makes it kill itself at the n-th hit. No run is left behind."""
        self.kill()
        environment = self.servers.environment(self.team) | {"TSUNAGU_CRASHPOINT": crashpoint}
        self.child = subprocess.Popen(
            [sys.executable, "-P", "-m", "deploy.cli", "run", self.team, "--port", str(self.port)],
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def dead(self) -> bool:
        return self.child is None or self.child.poll() is not None

    def kill(self) -> None:
        """And wait for its end, also when it has died by itself."""
        if self.child:
            self.child.kill()
            self.child.wait()


@dataclass
class Answered:
    """One acknowledged command of the journal."""

    command_id: UUID
    case_id: str
    position: int


class Town:
    """Intake, coordination and reporting as processes of their own, on one pair of servers."""

    def __init__(self, servers: Servers) -> None:
        self.servers = servers
        self.processes = {team: Process(team, servers) for team in TEAMS}
        self.journal: list[Answered] = []
        portal = settings_from(servers.environment("portal"))
        assert portal.token_signing_key_file
        key = portal.token_signing_key_file.read_bytes()
        staff = Staff("counter-1", "見本", Role.COORDINATOR, COUNTER)
        self._token = issue(key, staff, Clock().now())

    def start(self) -> None:
        for process in self.processes.values():
            process.start()

    def stop(self) -> None:
        for process in self.processes.values():
            process.kill()

    async def work(self, number: int) -> None:
        """So many households come to the counter, three at a time, and are passed on."""
        waiting = iter(range(number))

        async def clerk() -> None:
            for _ in waiting:
                await self._one()

        await asyncio.gather(*(clerk() for _ in range(3)))

    async def _one(self) -> None:
        received = await self._post(
            "/intake/api/consultations",
            {
                "counter": COUNTER,
                "received_on": "2026-10-01",
                "channel": "visit",
                "source": "self",
                "name": NAME,
                "issues": ["care", "isolation"],
                "content": "眠れない",
            },
        )
        basis = {"kind": "consent", "reference": "2026-10-01"}
        path = f"/intake/api/consultations/{received['id']}/escalation"
        await self._post(path, {"reasons": ["complex"], "basis": basis})

    async def _post(self, path: str, body: dict[str, object]) -> dict[str, str]:
        """Again and again under the same id, until it is answered: an unknown outcome is no
        outcome.
        """
        command_id = uuid4()
        headers = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": str(command_id)}
        answer: dict[str, str] = {}

        async def answered() -> bool:
            url = f"http://127.0.0.1:{self.processes['intake'].port}{path}"
            try:
                async with httpx2.AsyncClient(timeout=10) as web:
                    got = await web.post(url, json=body, headers=headers)
            except httpx2.TransportError:
                return False
            if got.status_code in {200, 201}:
                answer.update(got.json())
            assert got.status_code in {200, 201, 503}, got.text
            return got.status_code in {200, 201}

        await until(answered, f"an answer of {path}", seconds=60)
        self.journal.append(Answered(command_id, answer["case_id"], int(answer["position"])))
        return answer

    async def settled(self) -> None:
        """Everything told is applied, everything handed over has its receipt."""

        async def quiet() -> bool:
            return await self._open_ends() == []

        await until(quiet, "the town is quiet", seconds=90)

    async def _open_ends(self) -> list[str]:
        ends = []
        heads = {team: await self._value(team, "SELECT fact_position FROM head") for team in TEAMS}
        for team, source in (
            ("coordination", "intake"),
            ("intake", "coordination"),
            ("reporting", "intake"),
            ("reporting", "coordination"),
        ):
            at = await self._value(
                team, f"SELECT max(position) FROM consumed WHERE source = '{source}'"
            )
            if (at or 0) != heads[source]:
                ends.append(f"{team} has {at} of {heads[source]} of {source}")
        open_handovers = "SELECT count(*) FROM handovers WHERE received_at IS NULL"
        if waiting := await self._value("intake", open_handovers):
            ends.append(f"{waiting} hand-overs without receipt")
        return ends

    async def check(self) -> None:
        """Nothing lost, nothing doubled: stores whole, figures equal to the recount, journal stored
        once.
        """
        report = await examine({team: self.servers.postgres.team_url(team) for team in TEAMS})
        wrong = [f for f in report.findings if not f.ok] + [c for c in report.compared if not c.ok]
        assert wrong == []
        cases = {answered.case_id for answered in self.journal}
        for kind in ("consultation.Received", "consultation.Escalated"):
            counted = await self._value(
                "intake", f"SELECT count(*) FROM events WHERE type = '{kind}'"
            )
            assert counted == len(cases), kind
        kept = "SELECT count(*) FROM events WHERE type = 'handover.PersonalPartReceived'"
        assert await self._value("coordination", kept) == len(cases)
        assert await self._value("intake", "SELECT count(sealed) FROM handovers") == 0
        positions = [answered.position for answered in self.journal]
        assert len(set(positions)) == len(positions), "two commands got the same receipt"

    async def _value(self, team: str, query: str) -> int | None:
        try:
            connection = await asyncpg.connect(self.servers.postgres.team_url(team), timeout=5)
        except (OSError, asyncpg.PostgresError):
            return None
        try:
            value: int | None = await connection.fetchval(query)
            return value
        except asyncpg.UndefinedTableError:  # not migrated yet
            return None
        finally:
            await connection.close()
