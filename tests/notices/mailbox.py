"""A mail server on loopback, as small as it can be: it takes what it is given, or refuses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


class Mailbox:
    """What arrived, and whether more is taken."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuses = False
        self.address = ""
        self.before: Callable[[], Awaitable[None]] | None = None
        """What happens while the sender waits for us."""

    @property
    def text(self) -> str:
        """Everything that a reader, or a server on the way, could see."""
        return "\n".join(f"{one.items()} {one.get_content()}" for one in self.mails)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())

        say("220 mailbox")
        while line := (await reader.readline()).decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                if self.before:
                    await self.before()
                say("354 go on")
                await self._take(await reader.readuntil(b"\r\n.\r\n"), say)
            elif word == "QUIT":
                say("221 bye")
                break
            else:
                say("250 ok")
        writer.close()

    async def _take(self, data: bytes, say: object) -> None:
        assert callable(say)
        if self.refuses:
            say("451 later")
            return
        mail = message_from_bytes(data[:-3], policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        say("250 taken")


@asynccontextmanager
async def mailbox() -> AsyncIterator[Mailbox]:
    box = Mailbox()
    server = await asyncio.start_server(box.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    box.address = f"127.0.0.1:{port}"
    async with server:
        yield box
