"""Apps behind one address: found by their first segment, started together, ended at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import httpx2
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse
from starlette.types import ASGIApp

from deploy.address import OneAddress, started
from deploy.apart import Gateway
from deploy.servers.ports import free_port
from deploy.serving import serve
from deploy.trouble import Trouble


def small(team: str, seen: list[str], *, broken: bool = False) -> FastAPI:
    """A service of a few lines."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        if broken:
            raise RuntimeError("no database")
        seen.append(f"{team} started")
        yield
        seen.append(f"{team} stopped")

    app = FastAPI(lifespan=lifespan)

    @app.get("/stream")
    async def endless() -> StreamingResponse:
        async def lines() -> AsyncIterator[bytes]:
            yield b"first\n"
            await asyncio.Event().wait()

        return StreamingResponse(lines())

    @app.api_route("/{path:path}", methods=["GET", "POST"])
    async def echo(path: str, request: Request) -> dict[str, str]:
        body = (await request.body()).decode()
        return {"team": team, "path": path, "query": str(request.query_params), "body": body}

    return app


@asynccontextmanager
async def serving(app: OneAddress) -> AsyncIterator[tuple[httpx2.AsyncClient, asyncio.Event]]:
    """The app on a real port, and what stops it."""
    port, stop, ready = free_port(), asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(serve(app, host="127.0.0.1", port=port, stop=stop, ready=ready.set))
    await ready.wait()
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        yield client, stop
        stop.set()
        await task


async def test_the_first_segment_names_the_team() -> None:
    seen: list[str] = []
    apps = {team: small(team, seen) for team in ("intake", "portal")}
    async with started(apps), serving(OneAddress(apps)) as (client, _):
        assert (await client.get("/intake/new?x=1")).json() == {
            "team": "intake", "path": "intake/new", "query": "x=1", "body": ""
        }  # fmt: skip
        for path in ("/", "/portal/", "/intakes", "/elsewhere"):
            assert (await client.get(path)).json()["team"] == "portal"
    assert sorted(seen[:2]) == ["intake started", "portal started"]
    assert sorted(seen[2:]) == ["intake stopped", "portal stopped"]


async def test_a_service_that_does_not_start_is_named_and_the_others_are_ended() -> None:
    seen: list[str] = []
    apps = {"intake": small("intake", seen), "outreach": small("outreach", seen, broken=True)}
    with pytest.raises(Trouble, match=r"outreach を起動できません: no database"):
        async with started(apps):
            pytest.fail("nothing may run when one service did not start")
    assert seen == ["intake started", "intake stopped"]


async def test_an_open_stream_cannot_hold_up_the_end() -> None:
    apps = {"portal": small("portal", [])}
    async with (
        serving(OneAddress(apps)) as (client, stop),
        client.stream("GET", "/stream") as answer,
    ):
        chunks = answer.aiter_bytes()
        assert await anext(chunks) == b"first\n"
        stop.set()
        asked = monotonic()
        with pytest.raises(httpx2.RemoteProtocolError):
            await anext(chunks)
    assert monotonic() - asked < 5


async def test_the_gateway_passes_requests_and_streams_on() -> None:
    apps = {"portal": small("portal", [])}
    async with serving(OneAddress(apps)) as (inner, _):
        gateway = OneAddress({"portal": Gateway(inner.base_url.port or 0)})
        async with serving(gateway) as (client, _):
            assert (await client.post("/a%20b?q=%E3%81%82", content="本文")).json() == {
                "team": "portal", "path": "a b", "query": "q=%E3%81%82", "body": "本文"
            }  # fmt: skip
            async with client.stream("GET", "/stream") as answer:
                assert await anext(answer.aiter_bytes()) == b"first\n"


async def test_a_stopped_service_says_so_and_the_others_go_on() -> None:
    apps: dict[str, ASGIApp] = {"portal": small("portal", []), "intake": Gateway(free_port())}
    async with serving(OneAddress(apps)) as (client, _):
        down = await client.get("/intake/")
        assert down.status_code == 503
        assert "とまっています" in down.text
        asked = await client.post("/intake/api/consultations", json={})
        assert (asked.status_code, asked.headers["retry-after"]) == (503, "5")
        assert asked.headers["content-type"] == "application/problem+json"
        problem = asked.json()
        assert (problem["type"], problem["status"]) == ("urn:tsunagu:stopped", 503)
        assert "とまっています" in problem["detail"]
        assert "Idempotency-Key" in problem["detail_en"]
        assert (await client.get("/")).status_code == 200
