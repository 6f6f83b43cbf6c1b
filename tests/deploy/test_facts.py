"""`./tsunagu facts tail` shows what was told, of one team or one case."""

from __future__ import annotations

import nats
import pytest

from deploy.commands.facts import _tail
from deploy.embedded import Servers
from deploy.teams import OPERATOR, TEAMS


async def tell(servers: Servers, team: str, *facts: tuple[str, str, str]) -> None:
    """The team's own user publishes (minute, name, case)."""
    client = await nats.connect(
        servers.nats.url,
        nkeys_seed=str(servers.nats.seed_file(team)),
        inbox_prefix=f"_INBOX_{team}".encode(),
    )
    streams = client.jetstream()
    await streams.add_stream(name=f"FACTS_{team.upper()}", subjects=[f"facts.akiruno.{team}.>"])
    for minute, name, case in facts:
        headers = {"Nats-Msg-Id": f"{team}{minute}", "ce-time": f"2026-11-23T10:{minute}:00+09:00"}
        await streams.publish(f"facts.akiruno.{team}.{name}.{case}", b'{"a":1}', headers=headers)
    await client.close()


async def test_facts_of_all_teams_in_their_order(
    servers: Servers, broker: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await tell(servers, "intake", ("01", "ConsultationReceived", "a"), ("03", "CaseEscalated", "a"))
    await tell(servers, "coordination", ("02", "PlanAgreed", "b"), ("04", "PlanAgreed", "a"))
    await _tail(TEAMS, None, 3, servers.folder.path, follow=False)
    assert [line.split()[1:4] for line in capsys.readouterr().out.splitlines()] == [
        ["coordination", "PlanAgreed", "b"],
        ["intake", "CaseEscalated", "a"],
        ["coordination", "PlanAgreed", "a"],
    ]
    await _tail(TEAMS, "a", 1, servers.folder.path, follow=False)
    assert [line.split()[2] for line in capsys.readouterr().out.splitlines()] == [
        "ConsultationReceived", "CaseEscalated", "PlanAgreed"
    ]  # fmt: skip
    await _tail(("coordination",), None, 10, servers.folder.path, follow=False)
    assert len(capsys.readouterr().out.splitlines()) == 2


async def test_who_watches_can_say_nothing(servers: Servers, broker: str) -> None:
    client = await nats.connect(
        servers.nats.url,
        nkeys_seed=str(servers.nats.seed_file(OPERATOR)),
        inbox_prefix=f"_INBOX_{OPERATOR}".encode(),
        error_cb=_quiet,
    )
    await client.publish("facts.akiruno.intake.ConsultationReceived.a", b"{}")
    with pytest.raises(nats.errors.TimeoutError):
        await client.jetstream(timeout=0.2).add_stream(name="FACTS_INTAKE", subjects=["facts.>"])
    with pytest.raises(nats.errors.TimeoutError):
        await client.request("feed.akiruno.intake", b"1", timeout=0.2)
    await client.close()


async def _quiet(_error: Exception) -> None:
    """nats-py prints refusals otherwise."""
