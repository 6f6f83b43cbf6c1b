"""Facts onto a JetStream stream: singly when few wait, as an atomic batch when many do.

Every publish says which sequence it expects to follow, so a second or a paused relay is refused
instead of repeating or reordering.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.errors import NotFoundError

from shared.bus.told import EPOCH, POSITION, Told, headers_of, subject_of
from shared.runtime.crashpoint import crashpoint

BATCH = 1000
"""The server's limit of an atomic batch."""

SMALL = 12
"""Below this, separate publishes answer sooner: a batch has 2 ms of set-up."""

ANSWER_S = 5.0


class NotAccepted(Exception):
    """The stream refused: somebody else published, or it is not the stream we left. Look again."""


class Publisher:
    """Publishes one team's facts and knows the stream's last sequence."""

    def __init__(self, client: Client, city: str, stream: str, site: str = "") -> None:
        self._client = client
        self._city = city
        self._stream = stream
        self._site = site
        self._answers: asyncio.Queue[bytes] = asyncio.Queue()
        self._inbox = client.new_inbox()
        self._sequence = 0

    @asynccontextmanager
    async def answered(self) -> AsyncIterator[None]:
        """Answers are heard in this block; leadership that ends leaves no subscription behind."""
        heard = await self._client.subscribe(self._inbox, cb=self._on_answer)
        try:
            yield
        finally:
            with suppress(nats.errors.Error):  # a closed connection has no subscriptions
                await heard.unsubscribe()

    async def _on_answer(self, message: Msg) -> None:
        if message.data:  # the first message of a batch is answered with an empty one
            self._answers.put_nowait(message.data)

    async def last(self) -> tuple[int, str | None]:
        """(position, epoch) of the last fact on the stream; (0, None) on an empty one."""
        js = self._client.jetstream()
        state = (await js.stream_info(self._stream)).state
        self._sequence = state.last_seq
        if not state.messages:  # new, or purged by somebody: it keeps counting, we begin again
            return 0, None
        try:
            message = await js.get_last_msg(self._stream, f"facts.{self._city}.>")
        except NotFoundError as error:
            raise NotAccepted("the stream's last message is gone") from error
        headers = message.headers or {}
        return int(headers[POSITION]), headers[EPOCH]

    async def still_there(self) -> None:
        """Raises NotAccepted or NotFoundError when the stream is not the one we left."""
        state = (await self._client.jetstream().stream_info(self._stream)).state
        if state.last_seq != self._sequence:
            raise NotAccepted(f"stream at {state.last_seq}, expected {self._sequence}")

    async def publish(self, told: Sequence[Told]) -> None:
        """Put these facts behind the last one. Raises NotAccepted or TimeoutError: then ask `last`
        again.
        """
        while not self._answers.empty():
            self._answers.get_nowait()
        if len(told) < SMALL:
            await self._singly(told)
        else:
            await self._together(told)
        self._sequence += len(told)

    async def _singly(self, told: Sequence[Told]) -> None:
        for nth, one in enumerate(told):
            headers = headers_of(self._city, one, self._site)
            headers["Nats-Expected-Last-Sequence"] = str(self._sequence + nth)
            await self._client.publish(subject_of(self._city, one), one.data, self._inbox, headers)
            crashpoint("relay.between_publishes")
        for _ in told:
            await self._answer()

    async def _together(self, told: Sequence[Told]) -> None:
        batch = self._client.new_inbox().rpartition(".")[2]  # unique per attempt
        for nth, one in enumerate(told, 1):
            headers = headers_of(self._city, one, self._site)
            del headers[
                "Nats-Msg-Id"
            ]  # a batch with a known id is refused whole; the sequence is fence enough
            headers["Nats-Batch-Id"] = batch
            headers["Nats-Batch-Sequence"] = str(nth)
            if nth == 1:
                headers["Nats-Expected-Last-Sequence"] = str(self._sequence)
            if nth == len(told):
                headers["Nats-Batch-Commit"] = "1"
            reply = self._inbox if nth in (1, len(told)) else ""
            await self._client.publish(subject_of(self._city, one), one.data, reply, headers)
        await self._answer()

    async def _answer(self) -> None:
        answer = json.loads(await asyncio.wait_for(self._answers.get(), ANSWER_S))
        if "error" in answer:
            raise NotAccepted(answer["error"].get("description", "refused"))
        if answer.get("duplicate"):  # known by its id from before a purge, and not stored again
            raise NotAccepted("the broker still remembers this fact's id")
