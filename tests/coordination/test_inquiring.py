"""照会 on the screens and as JSON: who is asked answers, who waits sees it."""

from __future__ import annotations

from typing import Any

from shared.privacy.access import Role
from tests.coordination.examples import CASE
from tests.coordination.test_pages import HERE, Office, office, post

__all__ = ["office"]

ASKED: dict[str, Any] = {
    "kind": "assessment",
    "agencies": ["C-07", "C-01"],
    "question": "家計のようすを教えてください",
    "basis": "consent",
    "command_id": "ask",
}


async def with_consent(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        await post(client, "consent", answer="given")


async def ask(office: Office, **changes: Any) -> list[dict[str, Any]]:
    """Every inquiry, the agency's name first."""
    async with office.client(Role.COORDINATOR, "C-08") as client:
        answer = await client.post(f"{HERE}/inquiries", data=ASKED | changes)
        assert answer.status_code == 303, answer.text
        found: list[dict[str, Any]] = (await client.get("/coordination/api/inquiries")).json()
        return sorted(found, key=lambda one: str(one["agency"]))


async def test_each_agency_is_asked_once_and_answers(office: Office) -> None:
    await with_consent(office)
    assert [one["agency"] for one in await ask(office)] == ["C-01", "C-07"]
    again = await ask(office)
    assert len(again) == 2
    there = f"/coordination/inquiries/{again[1]['id']}"
    async with office.client(Role.COUNTER, "C-07") as agency:
        listed = await agency.get("/coordination/inquiries")
        assert there in listed.text
        assert "架空 花子" in listed.text
        shown = await agency.get(there)
        assert "家計のようすを教えてください" in shown.text
        empty = await agency.post(f"{there}/answer", data={"answer": " ", "command_id": "a"})
        assert empty.status_code == 409
        assert "回答を書いてください" in empty.text
        typed = {"answer": "家賃を二か月滞納", "item_health": "通院している"}
        said = await agency.post(f"{there}/answer", data=typed | {"command_id": "b"})
        assert said.status_code == 303, said.text
        other = {"answer": "電気も止まりそう", "item_rent": "五万円", "command_id": "c"}
        slower = await agency.post(f"{there}/answer", data=other)
        assert slower.status_code == 409
        for words in ("ほかの職員が書いたこと: 家賃を二か月滞納", "電気も止まりそう", "五万円"):
            assert words in slower.text, "what a colleague answered is not replaced unseen"
        assert 'name="edition" value="1"' in slower.text
        assert 'value="通院している"' in slower.text or "通院している</textarea>" in slower.text
    await _pooled(office, f"/coordination/api/inquiries/{again[0]['id']}/answer", there)
    facts = await office.store.pool.fetch("SELECT type, data FROM facts ORDER BY position")
    told = [row["type"] for row in facts]
    assert told[-4:] == [*["InquirySent"] * 2, *["InquiryAnswered"] * 2]
    assert not any("滞納" in row["data"].decode() for row in facts)


async def _pooled(office: Office, first: str, there: str) -> None:
    """Sheets of two agencies, side by side for who may read both (T-04)."""
    async with office.client(Role.COUNTER, "C-01") as agency:
        sheet = {"answers": {"health": "ひざが痛い"}}
        assert (await agency.post(first, json=sheet)).status_code == 201
        strange = await agency.post(first, json={"answers": {"moon": "x"}, "edition": 1})
        assert strange.status_code == 422
        assert "通院している" not in (await agency.get(HERE)).text
        shown = (await agency.get(first.removesuffix("/answer"))).json()
        assert (shown["answers"], shown["edition"]) == ({"health": "ひざが痛い"}, 1)
    async with office.client(Role.COORDINATOR, "C-08") as client:
        assert "家賃を二か月滞納" in (await client.get(there)).text
        page = (await client.get(HERE)).text
        for words in ("2か所の回答を並べて見る", "通院している", "ひざが痛い"):
            assert words in page, "pooled for the meeting (T-04)"
        assert "回答あり" in (await client.get(HERE)).text


async def test_others_neither_see_nor_answer(office: Office) -> None:
    await with_consent(office)
    there = f"/coordination/inquiries/{(await ask(office))[1]['id']}"
    async with office.client(Role.COUNTER, "C-05") as other:
        assert (await other.get(there)).status_code == 409
        assert there not in (await other.get("/coordination/inquiries")).text
        answer = await other.post(f"{there}/answer", data={"answer": "x", "command_id": "x"})
        assert answer.status_code == 409
        assert (await other.post(f"{there}/reminder", data={"command_id": "r"})).status_code == 403
    async with office.client(Role.COUNTER, "C-01") as referrer:
        shown = await referrer.get(there)
        assert "架空 花子" in shown.text
        assert "家計のようすを教えてください" not in shown.text


async def test_without_a_ground_what_was_typed_is_kept(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        answer = await client.post(f"{HERE}/inquiries", data=ASKED)
        assert answer.status_code == 409
        assert "家計のようすを教えてください" in answer.text
        assert (await client.get("/coordination/api/inquiries")).json() == []


async def test_a_support_meetings_inquiry_stays_with_its_members(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        await post(client, "consent", answer="refused")
        sat = await post(
            client,
            "meetings",
            kind="support-meeting",
            place="市役所",
            members=["C-07"],
            secrecy=True,
        )
        body = {k: v for k, v in ASKED.items() if k != "command_id"} | {
            "agencies": ["C-07"],
            "basis": "support-meeting",
            "meeting_id": sat["id"],
        }
        sent = await client.post(f"/coordination/api/cases/{CASE}/inquiries", json=body)
        assert sent.status_code == 201, sent.text
        there = f"/coordination/inquiries/{sent.json()['ids'][0]}"
    async with office.client(Role.NURSE, "C-09") as nurse:
        shown = await nurse.get(there)
        assert shown.status_code == 200
        assert "家計のようすを教えてください" not in shown.text
    async with office.client(Role.COUNTER, "C-07") as member:
        before = (await member.get(there)).text
        assert "家計のようすを教えてください" not in before, "each accepts secrecy first (M-1)"
        meeting = f"/coordination/meetings/{sat['id']}"
        assert meeting in before
        assert (await member.post(f"{meeting}/secrecy", data={})).status_code == 303
        assert "家計のようすを教えてください" in (await member.get(there)).text
    async with office.client(Role.COUNTER, "C-07", login="s-2") as colleague:
        assert "家計のようすを教えてください" not in (await colleague.get(there)).text


async def test_a_question_is_reminded_of_and_withdrawn_as_json(office: Office) -> None:
    await with_consent(office)
    api = f"/coordination/api/inquiries/{(await ask(office))[0]['id']}"
    async with office.client(Role.COORDINATOR, "C-08") as client:
        assert (await client.get(api)).json()["question"] == "家計のようすを教えてください"
        assert (await client.post(f"{api}/reminder")).status_code == 201
        assert (await client.post(f"{api}/withdrawal")).status_code == 201
        assert (await client.get(api)).json()["stage"] == "dropped"
        assert (await client.post(f"{api}/reminder")).status_code == 409
    async with office.client(Role.COUNTER, "C-05") as stranger:
        assert (await stranger.get(api)).status_code == 409


async def test_who_does_not_sign_in_is_asked_and_heard(office: Office) -> None:
    """A-05: a hospital answers by telephone; who told it, and how, is kept with the answer."""
    await with_consent(office)
    [one] = await ask(office, agencies=["medical"])
    there = f"/coordination/inquiries/{one['id']}"
    typed = {"answer": "先月から通院していない", "told_by": "相談室の山田", "command_id": "m"}
    async with office.client(Role.COORDINATOR, "C-08") as client:
        assert "聞いた職員が記録します" in (await client.get(there)).text
        nobody = await client.post(f"{there}/answer", data=typed | {"told_by": ""})
        assert nobody.status_code in {409, 422}
        assert "先月から通院していない" in nobody.text
        assert (await client.post(f"{there}/answer", data=typed)).status_code in {409, 422}
        heard = typed | {"told_how": "telephone"}
        assert (await client.post(f"{there}/answer", data=heard)).status_code == 303
        page = (await client.get(there)).text
        for said in (
            "先月から通院していない",
            "相談室の山田から聞き取り",
            "医療機関が回答しました",
        ):
            assert said in page
        mine = await ask(office, agencies=["C-07"], command_id="c7")
        inside = next(each for each in mine if each["agency"] == "C-07")
        own = await client.post(f"/coordination/inquiries/{inside['id']}/answer", data=heard)
        assert own.status_code == 409, "a counter answers for itself"
    told = await office.store.pool.fetch("SELECT data::text FROM facts")
    assert not any("山田" in row["data"] for row in told)
