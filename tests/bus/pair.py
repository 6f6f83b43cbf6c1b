"""Two small teams on the real bus: coordination tells of errands, intake counts and stumbles."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from shared.bus.bus import Bus
from shared.bus.projection import ApplyBatch
from shared.bus.reactions import Reactions
from shared.contracts.coordination import CaseClosed
from shared.contracts.handover import Handover, LegalBasis, PersonalPart
from shared.contracts.intake import ConsultationAttached
from shared.contracts.intake import HandoverReceived as IntakeReceived
from shared.privacy.handing_over import handover_model
from shared.privacy.keys import MasterKey, SubjectKeys
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.sourcing.decider import Event
from shared.sourcing.ids import new_id
from shared.sourcing.log import Connection, Log, Origin
from shared.sourcing.migrate import migrate
from shared.sourcing.store import Store, connect
from shared.sourcing.streams import Streams
from tests.sourcing.errand import (
    ERRANDS,
    TABLE,
    Errand,
    ErrandEvent,
    Opened,
    count_up,
    errand,
    open_errand,
)

CITY = "akiruno"
HERE = Path(__file__).parent


@dataclass
class Desk:
    errands: Streams[Errand, ErrandEvent]
    poison: set[UUID] = field(default_factory=set)


@dataclass
class Team:
    """One running team: its store and its bus, in this process."""

    service: Service
    settings: Settings
    store: Store
    bus: Bus

    async def stop(self) -> None:
        await self.bus.stop()
        await self.store.close()


def tells_closures(event: Event) -> CaseClosed | None:
    """coordination tells an opened errand as a closed case: any fact with a case will do."""
    if isinstance(event, Opened):
        return CaseClosed(
            occurred_on=event.opened_on,
            case_id=event.case_id,
            closure_id=event.case_id,
            lead_agency="C-01",
            reason="agreed",
        )
    return None


def hands_over(event: Event) -> Handover | None:
    """An errand with a name is handed to intake."""
    if isinstance(event, Opened) and event.who:
        return Handover(
            handover_id=uuid5(event.case_id, "handover"),
            from_team="coordination",
            to_team="intake",
            case_id=event.case_id,
            occurred_on=event.opened_on,
            basis=LegalBasis(kind="consent", reference="consent-1"),
            personal=PersonalPart(name=event.who),
        )
    return None


def tells_receipts(event: Event) -> IntakeReceived | None:
    """intake tells that it has what was handed over: here, an opened errand."""
    if isinstance(event, Opened):
        return IntakeReceived(
            occurred_on=event.opened_on,
            case_id=event.case_id,
            handover_id=uuid5(event.case_id, "handover"),
        )
    return None


def accepting(poison: set[UUID]) -> Callable[[Handover, Desk], Awaitable[None]]:
    """Keep the name under the same case; what comes for a poisoned case raises."""

    async def accept(sent: Handover, desk: Desk) -> None:
        if sent.case_id in poison:
            raise ValueError(sent.personal.name)
        await desk.errands.act(
            sent.handover_id, open_errand, case_id=sent.case_id, who=sent.personal.name
        )

    return accept


def hearing_receipts() -> Reactions[Desk]:
    """coordination listens to intake, for nothing but the receipts."""
    reactions: Reactions[Desk] = Reactions("coordination")

    @reactions.on(ConsultationAttached)
    async def nothing(_fact: ConsultationAttached, _desk: Desk) -> None:
        return

    return reactions


def counting(poison: set[UUID]) -> Reactions[Desk]:
    """intake counts every closure on one stream per case; a poisoned case raises."""
    reactions: Reactions[Desk] = Reactions("intake")

    @reactions.on(CaseClosed)
    async def count_closure(fact: CaseClosed, desk: Desk) -> None:
        if fact.case_id in poison:
            raise ValueError("poison")
        await desk.errands.act(fact.case_id, count_up)

    return reactions


async def start(
    settings: Settings, tables: str = "SELECT", apply_batch: ApplyBatch | None = None, **parts: Any
) -> Team:
    """A team on its own database, with the errands' tables and those of its own."""
    service = Service(
        team=settings.team,
        title=settings.team,
        folder=HERE,
        routers=(),
        desk=lambda office: Desk(office),  # type: ignore[arg-type]  # wider in the fixture
        **parts,
    )
    await migrate(settings.database_url, [])
    connection = await connect(settings.database_url)
    await connection.execute(TABLE.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"))
    await connection.execute(tables)
    await connection.close()
    return await resume(service, settings, apply_batch)


async def resume(
    service: Service, settings: Settings, apply_batch: ApplyBatch | None = None
) -> Team:
    """The same team in a new process, as it were."""
    keys = SubjectKeys(MasterKey.load(settings.master_key_file))
    reads = (ERRANDS, *handover_model(service.handovers, settings.public_keys_dir))
    store = await Store(settings.database_url, service.tell, keys, reads).open()

    def office(log: Log, _db: Connection, origin: Origin) -> Any:
        return Streams(log, errand, origin)

    bus = Bus(service, store, settings, office, CITY, apply_batch)
    await bus.start()
    return Team(service, settings, store, bus)


async def open_errands(team: Team, number: int, who: str | None = None) -> list[UUID]:
    """Tell `number` closures."""
    ids = [new_id() for _ in range(number)]
    for stream_id in ids:
        await open_one(team, stream_id, who)
    return ids


async def open_one(team: Team, case_id: UUID, who: str | None = None) -> None:
    """Tell the closure of this case."""
    streams = Streams(team.store, errand, Origin("test"))
    await streams.start(case_id, open_errand, case_id=case_id, who=who)


def applied(team: Team, number: int) -> Callable[[], Any]:
    """Has the listener reached this position?"""

    async def reached() -> bool:
        at = await team.store.pool.fetchval(
            "SELECT position FROM consumed WHERE source = 'coordination'"
        )
        return bool(at == number)

    return reached


async def counts(team: Team, ids: list[UUID]) -> list[int]:
    """How often each case was counted."""
    streams = Streams(team.store, errand, Origin("test"))
    return [(await streams.state(stream_id)).count for stream_id in ids]
