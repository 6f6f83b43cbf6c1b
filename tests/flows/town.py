"""A small town of real processes: `tsunagu run` for some services or all, a counter that never
gives up, and a recount.

The counter keeps a journal outside the system: every command with its id, retried until it was
answered.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import asyncpg
import httpx2

from deploy.embedded import Servers
from deploy.servers.ports import free_port
from deploy.services import ROOT, service_of, settings_from
from deploy.verify import examine
from shared.privacy.access import Role, Staff
from shared.runtime.clock import Clock
from shared.web.tokens import issue
from tests.flows.journey import DAY, HELD, journey
from tests.waiting import until

SMALL = ("intake", "coordination", "reporting")
WHOLE = (*SMALL, "outreach", "participation", "community")
"""All teams that tell or hear facts."""
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
    team: str
    position: int


class Town:
    """Services as processes of their own, on one pair of servers."""

    name = NAME

    def __init__(self, servers: Servers, teams: tuple[str, ...] = SMALL) -> None:
        self.servers = servers
        self.processes = {team: Process(team, servers) for team in teams}
        self.journal: list[Answered] = []
        self.cases: list[str] = []
        self.journeys = 0
        portal = settings_from(servers.environment("portal"))
        assert portal.token_signing_key_file
        key, now = portal.token_signing_key_file.read_bytes(), Clock().now()
        self._token = issue(key, Staff("counter-1", "見本", Role.COORDINATOR, COUNTER), now)
        self._community = issue(key, Staff("community-1", "見本", Role.COMMUNITY, "C-10"), now)

    def start(self, crashpoints: Mapping[str, str] | None = None) -> None:
        for team, process in self.processes.items():
            process.start((crashpoints or {}).get(team, ""))

    def stop(self) -> None:
        for process in self.processes.values():
            process.kill()

    async def work(self, number: int) -> None:
        """So many households come to the counter, three at a time, and are passed on."""
        waiting = iter(range(number))

        async def clerk() -> None:
            for _ in waiting:
                await self.escalated()

        await asyncio.gather(*(clerk() for _ in range(3)))

    async def travel(self, number: int) -> None:
        """So many households go their whole way at once (`tests.flows.journey`)."""
        self.journeys += number
        await asyncio.gather(*(journey(self) for _ in range(number)))

    async def escalated(self) -> str:
        """A household at the counter, passed on. Answers its case."""
        case_id, consultation_id = await self.received()
        basis = {"kind": "consent", "reference": DAY}
        path = f"/intake/api/consultations/{consultation_id}/escalation"
        await self.post(path, {"reasons": ["complex"], "basis": basis, "on": DAY})
        return case_id

    async def received(self) -> tuple[str, str]:
        """A household at the counter: its case and its consultation."""
        received = await self.post(
            "/intake/api/consultations",
            {
                "counter": COUNTER,
                "received_on": DAY,
                "channel": "visit",
                "source": "self",
                "name": NAME,
                "issues": ["care", "isolation"],
                "content": "眠れない",
            },
        )
        self.cases.append(received["case_id"])
        return received["case_id"], received["id"]

    async def post(self, path: str, body: Mapping[str, object]) -> dict[str, str]:
        """Again and again under the same id, until it is answered: an unknown outcome is no
        outcome.
        """
        command_id = uuid4()
        answer: dict[str, str] = {}

        async def answered() -> bool:
            got = await self._ask("POST", path, command_id, body)
            if got is None:
                return False
            if got.status_code in {200, 201}:
                answer.update(got.json())
            assert got.status_code in {200, 201, 503}, got.text
            return got.status_code in {200, 201}

        await until(answered, f"an answer of {path}", seconds=120)
        self.journal.append(Answered(command_id, _team_of(path), int(answer["position"])))
        return answer

    async def there(self, path: str, words: str = "") -> None:
        """What another team's fact brings has arrived, and holds these words."""

        async def arrived() -> bool:
            got = await self._ask("GET", path, uuid4())
            return got is not None and got.status_code == 200 and words in got.text

        await until(arrived, f"{path} is there", seconds=120)

    async def shown(self, path: str, words: str) -> bool:
        """Does the answer hold these words now?"""
        got = await self._ask("GET", path, uuid4())
        return got is not None and words in got.text

    async def _ask(
        self, method: str, path: str, command_id: UUID, body: Mapping[str, object] | None = None
    ) -> httpx2.Response | None:
        """None: nobody answered."""
        team = _team_of(path)
        token = self._community if team == "community" else self._token
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(command_id)}
        url = f"http://127.0.0.1:{self.processes[team].port}{path}"
        try:
            async with httpx2.AsyncClient(timeout=10) as web:
                return await web.request(method, url, json=body, headers=headers)
        except httpx2.TransportError:
            return None

    async def settled(self) -> None:
        """Everything told is applied, everything handed over has its receipt."""

        async def quiet() -> bool:
            return await self._open_ends() == []

        await until(quiet, "the town is quiet", seconds=120)

    async def _open_ends(self) -> list[str]:
        ends = []
        heads = {team: await self._value(team, "SELECT fact_position FROM head") for team in self}
        for team in self:
            for source in _heard_by(team) & heads.keys():
                at = await self._value(
                    team, f"SELECT max(position) FROM consumed WHERE source = '{source}'"
                )
                if (at or 0) != heads[source]:
                    ends.append(f"{team} has {at} of {heads[source]} of {source}")
            open_handovers = "SELECT count(*) FROM handovers WHERE received_at IS NULL"
            if waiting := await self._value(team, open_handovers):
                ends.append(f"{team}: {waiting} hand-overs without receipt")
        return ends

    def __iter__(self) -> Iterator[str]:
        return iter(self.processes)

    async def check(self) -> None:
        """Nothing lost, nothing doubled: stores whole, figures equal to the recount, journal stored
        once, and in each store what so many households leave there.
        """
        report = await examine(
            {team: self.servers.postgres.team_url(team) for team in self}, "C-08"
        )
        wrong = [f for f in report.findings if not f.ok] + [c for c in report.compared if not c.ok]
        assert wrong == []
        expected = {key: number * self.journeys for key, number in HELD.items() if self.journeys}
        expected["intake", "consultation.Received"] = len(self.cases)
        expected["intake", "consultation.Escalated"] = len(self.cases)
        expected["coordination", "handover.PersonalPartReceived"] = len(self.cases)
        stored = {
            (team, kind): await self._value(
                team, f"SELECT count(*) FROM events WHERE type = '{kind}'"
            )
            for team, kind in expected
        }
        assert stored == expected
        for team in self:
            assert await self._value(team, "SELECT count(sealed) FROM handovers") == 0
        places = [(answered.team, answered.position) for answered in self.journal]
        assert len(set(places)) == len(places), "two commands got the same receipt"

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


def _team_of(path: str) -> str:
    return path.split("/", 2)[1]


def _heard_by(team: str) -> set[str]:
    """Whose facts this team applies."""
    service = service_of(team)
    parts = (service.reactions, service.projection)
    return {source for part in parts if part for source in part.sources}
