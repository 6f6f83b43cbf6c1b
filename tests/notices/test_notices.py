"""お知らせ (F-24): once a day, counts only, and nothing is lost when the mail server is away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from deploy.cities import MUNICIPALITIES
from deploy.embedded import Servers
from deploy.teams import TEAMS
from services.outreach.app import outreach
from services.outreach.reactions import take_request
from shared.casefile.hearing import accept
from shared.privacy.access import Role, Staff
from shared.runtime.clock import Clock
from shared.runtime.notices import Notices, Waiting, counted
from shared.runtime.settings import Settings
from shared.vocabulary.city import City
from shared.vocabulary.notices import Recipient
from tests.casefile.running import Running, running
from tests.notices.mailbox import Mailbox, mailbox
from tests.outreach.test_pages import ASKED, HANDED

NOVEMBER = date(2026, 11, 23)
_OPERATOR = Staff("operator-1", "運用 五", Role.OPERATOR)


@pytest.fixture
async def box() -> AsyncIterator[Mailbox]:
    async with mailbox() as found:
        yield found


@pytest.fixture
async def service(
    servers: Servers, settings_of: Callable[[str], Settings], box: Mailbox
) -> AsyncIterator[Running]:
    """Outreach with one request that waits too long; it tells when it is asked to."""
    async with running(outreach, settings_of("outreach"), servers) as found:
        settings = found.host.settings
        told = {"smtp": box.address, "notices_from": "t@x.example", "site": "https://x.example"}
        found.host.settings = settings.model_copy(update=told)
        asked = ASKED.model_copy(update={"occurred_on": NOVEMBER - timedelta(days=60)})
        await take_request(asked, found.desk())
        await accept(HANDED, found.desk())
        yield found


def test_days_are_counted_by_how_near_they_are() -> None:
    days = [NOVEMBER + timedelta(days=n) for n in (-30, -1, 0, 1, 7, 8)]
    assert counted(days, NOVEMBER) == Waiting(late=2, today=1, soon=2)
    assert not counted([NOVEMBER + timedelta(days=8)], NOVEMBER).anything


async def test_an_office_is_told_once_a_day_how_much_waits(service: Running, box: Mailbox) -> None:
    assert await service.host.notices.tell() == 1
    assert await service.host.notices.tell() == 0
    [mail] = box.mails
    assert mail["To"] == "hokenshi@akiruno.example"
    assert "期限を過ぎたもの1件" in mail["Subject"]
    assert "https://x.example/outreach" in mail.get_content()
    metrics = await _metrics(service)
    assert 'tsunagu_notices_sent{team="outreach"} 1.0' in metrics


async def _metrics(service: Running) -> str:
    async with service.as_(_OPERATOR) as client:
        return str((await client.get("/outreach/metrics")).text)


async def test_a_mail_tells_nothing_of_anybody(service: Running, box: Mailbox) -> None:
    await service.host.notices.tell()
    handed = HANDED.personal.model_dump(exclude_none=True)
    planted = [str(value) for value in handed.values()]
    planted += [str(ASKED.case_id), str(ASKED.request_id)]
    assert len(planted) > 4
    assert box.mails
    for one in planted:
        assert one not in box.text, one


async def test_two_processes_tell_once(service: Running, box: Mailbox) -> None:
    other = Notices(service.host)
    await asyncio.gather(service.host.notices.tell(), other.tell(), other.tell())
    assert len(box.mails) == 1


async def test_what_could_not_be_sent_is_sent_later(service: Running, box: Mailbox) -> None:
    box.refuses = True
    assert await service.host.notices.tell() == 0
    assert service.host.notices.failed == 1
    address, box.refuses = service.host.settings.smtp, False
    service.host.settings = service.host.settings.model_copy(update={"smtp": "127.0.0.1:9"})
    assert await service.host.notices.tell() == 0
    service.host.settings = service.host.settings.model_copy(update={"smtp": address})
    assert await service.host.notices.tell() == 1
    assert len(box.mails) == 1


async def test_no_transaction_is_open_while_the_mail_server_takes_its_time(
    service: Running, box: Mailbox
) -> None:
    """PostgreSQL ends a transaction that is idle for some seconds: the mail would go out again."""
    pool, found = service.host.store.pool, []

    async def look() -> None:
        found.append(await pool.fetchval(OPEN))

    box.before = look
    assert await service.host.notices.tell() == 1
    assert found == [0]


OPEN = """SELECT count(*) FROM pg_stat_activity
          WHERE datname = current_database() AND state LIKE 'idle in transaction%'"""


async def test_a_claim_is_left_alone_until_its_owner_must_have_died(
    service: Running, box: Mailbox
) -> None:
    pool = service.host.store.pool
    await service.host.notices.tell()
    await pool.execute("UPDATE notices SET sent_at = NULL")
    assert await service.host.notices.tell() == 0
    await pool.execute("UPDATE notices SET claimed_at = claimed_at - interval '11 minutes'")
    assert await service.host.notices.tell() == 1
    assert await service.host.notices.tell() == 0
    assert len(box.mails) == 2


async def test_nobody_is_woken_and_nobody_is_bothered(service: Running, box: Mailbox) -> None:
    host = service.host
    host.clock = Clock(lambda: datetime(2026, 11, 22, 22, tzinfo=UTC))  # 7 in the morning
    assert await host.notices.tell() == 0
    host.clock = Clock(lambda: datetime(2026, 8, 22, 22, 59, tzinfo=UTC))
    assert await host.notices.tell() == 0
    host.clock = Clock(lambda: datetime(2026, 8, 23, 3, tzinfo=UTC))  # before anything was due
    assert await host.notices.tell() == 0
    assert box.mails == []


@pytest.mark.parametrize("team", [team for team in TEAMS if team not in {"portal", "reporting"}])
async def test_every_team_counts_its_own_work(
    servers: Servers, settings_of: Callable[[str], Settings], box: Mailbox, team: str
) -> None:
    from deploy.services import service_of

    async with running(service_of(team), settings_of(team), servers) as found:
        found.host.settings = found.host.settings.model_copy(update={"smtp": box.address})
        assert await found.host.notices.tell() == 0, "an empty service has nothing to say"
        waiting: Any = found.host.service.waiting
        recipient = Recipient(team=team, address="a@b.example")  # type: ignore[arg-type]  # each team in turn
        assert await waiting(found.desk(), recipient) == Waiting()


@pytest.mark.parametrize("address", ["nobody", "a b@c.example", "a@b.example\nBcc: x@y.example"])
def test_an_address_is_one_address(address: str) -> None:
    with pytest.raises(ValidationError):
        Recipient(team="intake", address=address)


def test_the_first_city_names_no_real_address() -> None:
    city = City.load(MUNICIPALITIES / "akiruno")
    assert city.notices.to
    assert all(one.address.endswith(".example") for one in city.notices.to)
