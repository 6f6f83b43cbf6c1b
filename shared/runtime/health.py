"""What machines ask a service: alive, ready, how far. No persons in the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from prometheus_client import CollectorRegistry, Gauge, generate_latest

if TYPE_CHECKING:
    from shared.runtime.host import Host

STORE = """SELECT position, fact_position,
                  (SELECT count(*) FROM parked WHERE released_at IS NULL) AS parked,
                  (SELECT count(*) FROM handovers WHERE received_at IS NULL) AS handovers
           FROM head"""


def health_router(host: Host) -> APIRouter:
    """`/<team>/health/live`, `/<team>/health/ready` and `/<team>/metrics`."""
    team = host.service.team
    router = APIRouter(prefix=f"/{team}", include_in_schema=False)

    @router.get("/health/live")
    async def live() -> dict[str, str]:
        """The process answers. A broker or database that is away is no reason to restart it."""
        return {"team": team, "status": "live"}

    @router.get("/health/ready")
    async def ready() -> JSONResponse:
        """The database answers and facts go out and come in; 503 with the problems otherwise."""
        problems = await host.problems()
        body: dict[str, Any] = {"team": team, "status": "ready" if not problems else "not ready"}
        if problems:
            body["problems"] = problems
        return JSONResponse(body, 503 if problems else 200)

    @router.get("/metrics")
    async def metrics() -> Response:
        """Prometheus text: positions, lags, what is parked and what waits for a receipt."""
        return Response(await _measured(host), media_type="text/plain; version=0.0.4")

    return router


async def _measured(host: Host) -> bytes:
    registry = CollectorRegistry()
    team = host.service.team

    def gauge(name: str, meaning: str, value: float, **labels: str) -> None:
        family = families.get(name) or Gauge(name, meaning, ["team", *labels], registry=registry)
        families[name] = family
        family.labels(team, *labels.values()).set(value)

    families: dict[str, Gauge] = {}
    row = await host.store.pool.fetchrow(STORE)
    if row:
        gauge("tsunagu_store_position", "Last event of the store", row["position"])
        gauge("tsunagu_facts_position", "Last fact of the team's feed", row["fact_position"])
        gauge("tsunagu_parked_facts", "Facts that wait for people", row["parked"])
        gauge("tsunagu_handovers_open", "Hand-overs without a receipt", row["handovers"])
    gauge("tsunagu_notices_sent", "Mails to offices since the start", host.notices.sent)
    gauge("tsunagu_notices_failed", "Mails that failed since the start", host.notices.failed)
    state = host.bus.status()
    gauge("tsunagu_broker_connected", "1 while the broker answers", float(state.connected))
    gauge("tsunagu_relay_position", "Last fact on the team's stream", state.relay.position)
    for source in state.sources.values():
        labels = {"source": source.source}
        gauge("tsunagu_consumed_position", "Last fact applied", source.position, **labels)
        gauge("tsunagu_consumer_lag", "Facts told and not yet applied", source.lag, **labels)
    return generate_latest(registry)
