"""What tests of the screens type, send and open."""

from __future__ import annotations

from typing import Any

from tests.intake.conftest import Client

HTML = {"Accept": "text/html"}
SHEET: dict[str, Any] = {
    "counter": "C-01",
    "received_on": "R8.11.20",
    "channel": "visit",
    "source": "self",
    "name": "架空 花子",
    "kana": "カクウ ハナコ",
    "born_on": "昭和21年3月1日",
    "phone": "０４２－５５５－０１００",
    "address": "あきる野市雨間1-2-3",
    "household_size": "２",
    "issues": ["debt", "care"],
    "main_issue": "debt",
    "content": "家賃が払えない。\n息子は長く家にいる。",
    "wishes": "静かに暮らしたい",
    "case": "",
    "command_id": "one",
}
ESCALATION: dict[str, Any] = {
    "on": "令和8年11月23日",
    "reasons": ["complex"],
    "basis": "consent",
    "consent_on": "令和8年11月20日",
    "command_id": "esc",
}


async def receive(client: Client, **changes: Any) -> str:
    """The new consultation's address."""
    response = await client.post("/intake/consultations", data=SHEET | changes)
    assert response.status_code == 303, response.text
    return str(response.headers["location"])


async def page(client: Client, path: str, status: int = 200) -> str:
    response = await client.get(path, headers=HTML)
    assert response.status_code == status, response.text
    return str(response.text)
