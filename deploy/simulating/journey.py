"""The way of one case, step by step; between the steps days pass (T-01 … T-33)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from random import Random
from typing import Any

from deploy.simulating.chance import CONSENT, RESUMED, RETURNED, Household, falling
from deploy.simulating.hall import Hall


class Journey:
    """A case that was escalated. `steps` does what is due and says after how many days to go on."""

    def __init__(
        self, hall: Hall, random: Random, who: Household, counter: str, case_id: str, place: str
    ) -> None:
        self._hall = hall
        self._random = random
        self._who = who
        self._counter = counter
        self._case = f"/coordination/api/cases/{case_id}"
        self._place = place
        self._round = 0

    async def steps(self) -> AsyncIterator[int]:
        """Until nothing more is due."""
        yield self._days(1, 6)
        await self._hall.there(self._case)
        if self._random.random() < RETURNED:
            await self._given_back()
            return
        await self._post("/acceptance", on=self._hall.today)
        yield self._days(1, 10)
        async for days in self._agreed():
            yield days
        if not self._consented:
            return
        async for days in self._helped():
            yield days
        await self._closed()
        while self._random.random() < RESUMED and self._round < 3:
            yield self._days(40, 300)
            self._round += 1
            reason = falling(self._codes("resumption_reasons"), self._random)
            await self._post("/resumption", on=self._hall.today, reason=reason)
            yield self._days(60, 150)
            await self._closed()

    async def _given_back(self) -> None:
        await self._post(
            "/return",
            on=self._hall.today,
            reason=falling(self._codes("return_reasons"), self._random),
            link_note="窓口の支援を続け、月に一度 電話で様子を確かめる",
        )

    async def _agreed(self) -> AsyncIterator[int]:
        """申込, consent, a meeting and a plan; without consent a 支援会議."""
        hall, random = self._hall, self._random
        writer = self._codes("application_writers")[0]
        await self._post("/application", on=hall.today, filled_by=writer, name=self._who.name)
        yield self._days(1, 14)
        self._consented = random.random() < CONSENT
        answer = "given" if self._consented else "refused"
        await self._post("/consent", on=hall.today, answer=answer)
        yield self._days(3, 25)
        kind = "plan-meeting" if self._consented else "support-meeting"
        members = [hall.city.offices.coordination, self._counter]
        meeting = await self._post(
            "/meetings",
            on=hall.today,
            kind=kind,
            place="市役所",
            members=list(dict.fromkeys(members)),
            secrecy=True,
        )
        if self._consented:
            self._outreach, self._participation = random.random() < 0.5, random.random() < 0.6
            await self._planned(str(meeting["id"]))

    async def _planned(self, meeting: str) -> None:
        desk = self._hall.city.offices.coordination
        await self._post(
            "/plans",
            on=self._hall.today,
            meeting_id=meeting,
            problems="暮らしの立て直しと、日中の居場所づくり",
            goal="三か月後、週に一度は外に出る",
            contact_desk=desk,
            review_on=self._hall.later(90),
            participation=self._participation,
            outreach=self._outreach,
            roles=[{"agency": self._counter, "task": "月一回の面談"}],
        )

    async def _helped(self) -> AsyncIterator[int]:
        if self._outreach:
            async for days in self._visited():
                yield days
        if self._participation:
            async for days in self._matched():
                yield days
        yield self._days(20, 120)

    async def _visited(self) -> AsyncIterator[int]:
        """T-31, T-32."""
        request = await self._asked("outreach", "自宅を訪ねる")
        await self._at(request, "/start", on=self._hall.today)
        for n in range(self._random.randint(2, 7)):
            yield self._days(5, 21)
            method = falling(self._codes("visit_methods"), self._random)
            met = self._random.random() < 0.4 + 0.1 * n
            await self._at(request, "/visits", n=n, on=self._hall.today, method=method, met=met)
        yield self._days(3, 20)
        outcome = falling(self._codes("outreach_outcomes"), self._random)
        await self._at(request, "/conclusion", on=self._hall.today, outcome=outcome)

    async def _matched(self) -> AsyncIterator[int]:
        """T-21 to T-24."""
        hall = self._hall
        request = await self._asked("participation", "居場所を探す")
        await self._at(request, "/start", on=hall.today)
        menu = falling(self._codes("participation_menu"), self._random)
        plan: dict[str, Any] = {"menu": menu, "wishes": "人と話したい", "goal": "月に二回 通う"}
        await self._at(request, "/plan", on=hall.today, **plan)
        yield self._days(7, 40)
        await hall.there("/participation/api/places", self._place)
        await self._at(request, "/matches", on=hall.today, resource_id=self._place)
        yield self._days(14, 45)
        method = self._codes("followup_methods")[0]
        await self._at(request, "/followups", on=hall.today, method=method, relation="stable")
        yield self._days(14, 60)
        end: dict[str, Any] = {
            "judgement": "続けて通えている",
            "contact_every": self._codes("contact_intervals")[0],
        }
        await self._at(request, "/conclusion", on=hall.today, outcome="stable", **end)

    async def _closed(self) -> None:
        await self._post(
            "/closure",
            on=self._hall.today,
            lead_agency=self._counter,
            reason=falling(self._codes("closure_reasons"), self._random),
            resume_when="外に出なくなったとき",
            basis="consent",
        )

    async def _asked(self, team: str, errand: str) -> str:
        asked = await self._post(
            f"/{team}-requests", on=self._hall.today, errand=errand, basis="consent"
        )
        request = f"/{team}/api/requests/{asked['id']}"
        await self._hall.there(request)
        return request

    async def _post(self, what: str, **body: Any) -> dict[str, Any]:
        key = f"case:{self._who.number}:{self._round}"
        return await self._hall.post(key, self._case + what, **body)

    async def _at(self, request: str, what: str, n: int = 0, **body: Any) -> None:
        await self._hall.post(f"case:{self._who.number}:{n}", request + what, **body)

    def _codes(self, kind: str) -> tuple[str, ...]:
        return self._hall.city.codes(kind, self._hall.day)

    def _days(self, least: int, most: int) -> int:
        return self._random.randint(least, most)
