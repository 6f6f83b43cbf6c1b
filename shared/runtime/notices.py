"""お知らせ: once a day each office is told by mail how much waits for it, and nothing else (F-24).

A mail holds counts, the city's name and the way to the page: no name, no case, no town (decision
0014). It is claimed, sent, and then noted as sent, with no transaction open while a mail server
takes its time: of two processes one sends, and what could not be sent is tried again. If the
process dies after the mail was taken and before that is noted, the mail is sent a second time.
"""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING, cast

import asyncpg
import structlog

from shared.runtime.clock import CITY_TIME
from shared.sourcing.log import Origin
from shared.vocabulary.notices import Recipient

if TYPE_CHECKING:
    from datetime import date

    from shared.runtime.host import Host
    from shared.sourcing.log import Connection

log = structlog.get_logger(__name__)
EVERY_S = 300.0
PATIENCE_S = 20.0
SOON = 7
"""Days ahead that are worth a word."""
TROUBLE = (OSError, smtplib.SMTPException, asyncpg.PostgresError, asyncpg.InterfaceError)


@dataclass(frozen=True)
class Waiting:
    """How much waits for an office."""

    late: int = 0
    today: int = 0
    soon: int = 0

    @property
    def anything(self) -> bool:
        return bool(self.late or self.today or self.soon)


def counted(days: Iterable[date], today: date) -> Waiting:
    """What is due on these days."""
    late = [(today - day).days for day in days]
    return Waiting(
        sum(one > 0 for one in late),
        sum(one == 0 for one in late),
        sum(-SOON <= one < 0 for one in late),
    )


class Notices:
    """Tells the offices of one service's work."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._task: asyncio.Task[None] | None = None
        self.sent = 0
        self.failed = 0
        """Since the start, for operators."""

    def start(self) -> None:
        """Only where the city has a mail server and somebody to tell."""
        if self._host.settings.smtp and self._recipients():
            self._task = asyncio.create_task(self._run())
            self._task.add_done_callback(_said)

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def tell(self) -> int:
        """Tell everybody who has not been told today; how many mails went out."""
        now = self._host.clock.now().astimezone(CITY_TIME)
        if now.hour < self._host.city.notices.hour:
            return 0
        before = self.sent
        for recipient in self._recipients():
            try:
                await self._tell_one(recipient)
            except TROUBLE as error:
                self.failed += 1
                name = type(error).__name__
                log.warning("notice.failed", team=self._host.service.team, error=name)
        return self.sent - before

    def _recipients(self) -> list[Recipient]:
        if self._host.service.waiting is None:
            return []
        return [one for one in self._host.city.notices.to if one.team == self._host.service.team]

    async def _run(self) -> None:
        while True:
            await self.tell()
            await asyncio.sleep(EVERY_S)

    async def _tell_one(self, recipient: Recipient) -> None:
        host, waiting_for = self._host, self._host.service.waiting
        today = host.clock.today()
        if waiting_for is None or not await host.store.pool.fetchval(_CLAIM, today, recipient.key):
            return
        try:
            db = cast("Connection", host.store.pool)
            desk = host.service.desk(host.office(host.store, db, Origin(actor="notices")))
            waiting = await waiting_for(desk, recipient)
            if waiting.anything:
                await asyncio.to_thread(self._send, self._message(recipient, waiting))
                self.sent += 1
                log.info("notice.sent", team=host.service.team, late=waiting.late)
        except TROUBLE:
            await host.store.pool.execute(_LEAVE, today, recipient.key)
            raise
        await host.store.pool.execute(_DONE, today, recipient.key)

    def _message(self, recipient: Recipient, waiting: Waiting) -> EmailMessage:
        host = self._host
        lines = (
            ("期限を過ぎたもの", waiting.late),
            ("今日のもの", waiting.today),
            (f"{SOON}日以内のもの", waiting.soon),
        )
        message = EmailMessage()
        message["From"] = host.settings.notices_from
        message["To"] = recipient.address
        message["Subject"] = f"【つなぐ】{host.service.title}　期限を過ぎたもの{waiting.late}件"
        where = (
            f"{host.settings.site.rstrip('/')}/{host.service.team}" if host.settings.site else ""
        )
        body = [f"{host.city.name} {host.service.title}", ""]
        body += [f"{title}: {number}件" for title, number in lines]
        body += ["", "くわしくは、つなぐの「やること」をご覧ください。", where]
        body += ["このメールには、個人の情報を書きません。"]
        message.set_content("\n".join(body))
        return message

    def _send(self, message: EmailMessage) -> None:
        settings = self._host.settings
        name, _, port = settings.smtp.rpartition(":")
        with smtplib.SMTP(name, int(port), timeout=PATIENCE_S) as server:
            if settings.smtp_starttls:
                server.starttls()
            if settings.smtp_user and settings.smtp_password_file:
                password = settings.smtp_password_file.read_text(encoding="utf-8").strip()
                server.login(settings.smtp_user, password)
            server.send_message(message)


def _said(task: asyncio.Task[None]) -> None:
    """Nobody awaits the task: what ends it must not go unheard."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("notices.ended", error=repr(error))


# Who claimed it and was not heard of for as long as no mail server takes has died: another goes on.
_CLAIM = """INSERT INTO notices (day, recipient) VALUES ($1, $2)
            ON CONFLICT (day, recipient) DO UPDATE SET claimed_at = clock_timestamp()
            WHERE notices.sent_at IS NULL
              AND notices.claimed_at < clock_timestamp() - interval '10 minutes'
            RETURNING true"""
_LEAVE = "DELETE FROM notices WHERE day = $1 AND recipient = $2 AND sent_at IS NULL"
_DONE = "UPDATE notices SET sent_at = clock_timestamp() WHERE day = $1 AND recipient = $2"
