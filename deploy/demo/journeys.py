"""How far each household has come, step by step, over the JSON of each team."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from deploy.demo.people import REFERRED_TO, TIES
from deploy.demo.stage import Stage

ESCALATED, ASKED, RETURNED = 1, 3, 9


async def journey(stage: Stage, places: list[str]) -> None:
    """As far as this household has come: 1 escalated … 8 resumed; 9 returned to its counter."""
    person, far = stage.person, stage.person.far
    case_id = await _escalated(stage)
    case = f"/coordination/api/cases/{case_id}"
    await stage.there(case)
    if far == RETURNED:
        await _returned(stage, case)
    if far in (RETURNED, ESCALATED) or not await _agreed(stage, case):
        return
    if far == ASKED:  # both teams are asked, neither has started
        await _asked(stage, case, "outreach", "自宅を訪ねる")
        await _asked(stage, case, "participation", "居場所を探す")
    if far >= 4:
        await _evaluated(stage, case)
        await _visited(stage, case)
    if far >= 5:
        await _matched(stage, case, places[len(person.name) % len(places)])
    if far >= 7:
        await _closed(stage, case)
    if far >= 8:
        await stage.post(
            f"{case}/resumption", on=stage.later(20), reason="changed", note="入院があった"
        )


async def refer(stage: Stage) -> None:
    """K-01: one counter's consultation goes to another, which takes it or has yet to answer."""
    received = await _received(stage)
    basis = {"kind": "consent", "reference": stage.day.isoformat()}
    path = f"/intake/api/consultations/{received['id']}/referral"
    why = "お子さんのことも続けて聞いてほしい"
    sent = await stage.post(path, to_counter=REFERRED_TO, why=why, basis=basis)
    if stage.person.far:
        await stage.post(f"/intake/api/referrals/{sent['id']}/acceptance", by=REFERRED_TO)


async def _returned(stage: Stage, case: str) -> None:
    await stage.post(
        f"{case}/return",
        on=stage.later(3),
        reason="ordinary-cooperation",
        link_note="窓口の支援を続け、月に一度 電話で様子を確かめる",
    )


async def _received(stage: Stage) -> dict[str, Any]:
    person = stage.person
    return await stage.post(
        "/intake/api/consultations",
        counter=person.counter,
        received_on=person.received_on.isoformat(),
        channel="visit",
        source="family",
        name=person.name,
        kana=person.kana,
        address=person.address,
        household_size=person.size,
        issues=list(person.issues),
        content=person.story,
    )


async def _tied(stage: Stage, consultation: str) -> None:
    """Who the household has to do with (エコマップ)."""
    for who, kind, since, note in TIES:
        body = {"who": who, "kind": kind, "note": note}
        path = f"/intake/api/consultations/{consultation}/ties"
        await stage.post(path, **body | ({"since": since} if since else {}))


async def _escalated(stage: Stage) -> str:
    person, received = stage.person, await _received(stage)
    if person.far % 2:
        await _tied(stage, received["id"])
        await stage.post(
            f"/intake/api/consultations/{received['id']}/notes",
            on=person.received_on.isoformat(),
            kind="telephone",
            voice="person",
            minutes=15,
            content="次に来られる日を確かめた",
        )
    path = f"/intake/api/consultations/{received['id']}/escalation"
    basis = {"kind": "consent", "reference": person.received_on.isoformat()}
    await stage.post(path, reasons=["complex", "roles"], basis=basis, on=stage.later(1))
    return str(received["case_id"])


async def _agreed(stage: Stage, case: str) -> bool:
    """Accepted, applied, asked for consent, met, planned. False where it ends without consent."""
    person = stage.person
    await stage.post(f"{case}/acceptance", on=stage.later(3))
    await stage.post(
        f"{case}/application", on=stage.later(2), filled_by="subject", name=person.name
    )
    if person.far == 2:
        await stage.post(f"{case}/consent", answer="refused", on=stage.later(1))
        await _met(stage, case, "support-meeting")
        return False
    await stage.post(f"{case}/consent", answer="given", on=stage.later(1))
    if person.far == ASKED:
        await _inquired(stage, case)
    meeting = await _met(stage, case, "plan-meeting")
    await stage.post(
        f"{case}/plans",
        on=stage.later(0),
        meeting_id=meeting,
        problems="家計の立て直しと、日中の居場所づくり",
        goal="三か月後、週に一度は外に出る",
        contact_desk="C-08",
        review_on=(stage.day + timedelta(days=120)).isoformat(),
        participation=person.far >= 5,
        outreach=person.far >= 4,
        roles=[
            {"agency": person.counter, "task": "月一回の面談"},
            {"agency": "C-08", "task": "全体の調整"},
        ],
    )
    return True


async def _inquired(stage: Stage, case: str) -> None:
    """T-04: the agencies in daily contact are asked for their sheet; nobody has answered yet."""
    await stage.post(
        f"{case}/inquiries",
        kind="assessment",
        agencies=[stage.person.counter],
        question="日ごろの暮らしのようすと、使っている制度を教えてください",
        basis="consent",
    )


async def _met(stage: Stage, case: str, kind: str) -> str:
    made = await stage.post(
        f"{case}/meetings",
        kind=kind,
        on=stage.later(10),
        place="市役所3階 会議室",
        members=["C-08", stage.person.counter],
        outcome="役割分担を確かめた",
        secrecy=True,
    )
    return str(made["id"])


async def _asked(stage: Stage, case: str, team: str, errand: str) -> str:
    """T-20: another team is asked; answers its request once it has arrived there."""
    asked = await stage.post(
        f"{case}/{team}-requests", on=stage.later(1), errand=errand, basis="consent"
    )
    request = f"/{team}/api/requests/{asked['id']}"
    await stage.there(request)
    return request


async def _visited(stage: Stage, case: str) -> None:
    """Outreach: started, visited, linked; concluded for those who have come further."""
    request = await _asked(stage, case, "outreach", "自宅を訪ねる")
    await stage.post(f"{request}/start", on=stage.later(1))
    await stage.post(f"{request}/visits", on=stage.later(4), method="home-visit", met=False)
    await stage.post(
        f"{request}/visits", on=stage.later(7), method="home-visit", met=True, reaction="話せた"
    )
    if stage.person.far > 4:
        told = {
            "passed": "お名前と、暮らし向きのこと",
            "basis": "consent",
            "reference": "訪問時に同意",
        }
        await stage.post(f"{request}/links", on=stage.later(5), agency="C-07", **told)
        await stage.post(f"{request}/conclusion", on=stage.later(5), outcome="linked")


async def _matched(stage: Stage, case: str, place: str) -> None:
    """Participation: planned and matched; concluded for those who have come further."""
    request = await _asked(stage, case, "participation", "居場所を探す")
    await stage.post(f"{request}/start", on=stage.later(1))
    await stage.post(
        f"{request}/plan",
        on=stage.later(3),
        menu="place-to-be",
        wishes="人と話したい",
        strengths="手先が器用",
        goal="月に二回 通う",
    )
    await stage.post(
        f"{request}/matches", on=stage.later(7), resource_id=place, assessment="受け入れ可"
    )
    if stage.person.far > 5:
        await stage.post(
            f"{request}/followups", on=stage.later(14), method="visit", relation="stable"
        )
        await stage.post(
            f"{request}/conclusion",
            on=stage.later(14),
            outcome="stable",
            judgement="続けて通えている",
            contact_every="monthly",
        )


async def _evaluated(stage: Stage, case: str) -> None:
    """How far the one goal of the plan was reached."""
    await stage.post(
        f"{case}/plans/evaluation",
        on=stage.later(0),
        verdicts=[{"reached": "partly", "words": "月に一度は外に出た"}],
        changes=["housing"],
        judgement="replan",
    )


async def _closed(stage: Stage, case: str) -> None:
    await stage.post(
        f"{case}/closure",
        on=stage.later(10),
        lead_agency=stage.person.counter,
        reason="roles-agreed",
        resume_when="外に出なくなったとき",
        basis="consent",
    )
