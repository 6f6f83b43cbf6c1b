"""終えた記録を直す: by editions, told where others rest on it (T-32)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from deploy.embedded import Servers
from services.outreach.app import outreach
from services.outreach.domain.ending import correct_conclusion
from services.outreach.domain.events import ConclusionCorrected
from services.outreach.domain.request import conclude, request
from services.outreach.published import tell
from services.outreach.reactions import take_request
from shared.casefile.hearing import accept
from shared.contracts.outreach import OutreachConclusionCorrected
from shared.runtime.settings import Settings
from tests.casefile.running import COORDINATOR, NURSE, Client, Running, running
from tests.given import scenario
from tests.outreach.examples import (
    CASE,
    REQUEST,
    TODAY,
    TOMORROW,
    YESTERDAY,
    concluded,
    requested,
    started,
    visited,
)
from tests.outreach.test_pages import ASKED, HANDED, HERE, JSON

given = scenario(request)
OVER = (requested(), started(), concluded())
BEGUN = started().model_copy(update={"started_on": YESTERDAY})
BETTER: dict[str, Any] = {
    "edition": 1,
    "on": TODAY,
    "outcome": "not-needed",
    "note": "妹が来る",
    "today": TODAY,
}


def corrected(**values: Any) -> ConclusionCorrected:
    usual: dict[str, Any] = {"concluded_on": TODAY, "outcome": "not-needed", "note": "妹が来る"}
    return ConclusionCorrected(
        request_id=REQUEST,
        case_id=CASE,
        edition=2,
        corrected_on=TODAY,
        former_on=TODAY,
        former_outcome="linked",
        **usual | values,
    )


def test_an_end_is_put_right() -> None:
    given(*OVER).when(correct_conclusion, **BETTER).then(corrected())


def test_the_same_again_is_no_correction() -> None:
    same = BETTER | {"outcome": "linked", "note": None}
    given(*OVER).when(correct_conclusion, **same).then_nothing()


@pytest.mark.parametrize(
    ("history", "changed", "code"),
    [
        ((requested(), started()), {}, "not-concluded"),
        (OVER, {"edition": 2}, "conclusion-changed-meanwhile"),
        ((*OVER, corrected(note="母が来る")), {}, "conclusion-changed-meanwhile"),
        (OVER, {"on": TOMORROW}, "day-in-future"),
        ((requested(), BEGUN, visited(), concluded()), {"on": YESTERDAY}, "end-before-last"),
    ],
)
def test_what_no_correction_may_do(
    history: tuple[Any, ...], changed: dict[str, Any], code: str
) -> None:
    given(*history).when(correct_conclusion, **BETTER | changed).then_refused(code)


def test_ended_once_more_with_the_words_of_the_correction_is_quiet() -> None:
    words: dict[str, Any] = {"on": TODAY, "today": TODAY}
    again = words | {"outcome": "not-needed", "note": "妹が来る"}
    given(*OVER, corrected()).when(conclude, **again).then_nothing()
    given(*OVER, corrected()).when(conclude, **words, outcome="linked").then_refused(
        "concluded-otherwise"
    )


def test_another_outcome_is_told_and_other_words_are_not() -> None:
    told = tell(corrected())
    assert isinstance(told, OutreachConclusionCorrected)
    assert (told.outcome, told.former_outcome, told.edition) == ("not-needed", "linked", 2)
    assert "妹" not in told.model_dump_json()
    assert tell(corrected(outcome="linked")) is None


@pytest.fixture
async def service(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[Running]:
    async with running(outreach, settings_of("outreach"), servers) as service:
        await accept(HANDED, service.desk())
        await take_request(ASKED, service.desk())
        yield service


@pytest.fixture
async def nurse(service: Running) -> AsyncIterator[Client]:
    async with service.as_(NURSE) as client:
        yield client


async def test_who_ended_it_otherwise_saves_theirs_as_a_correction(
    service: Running, nurse: Client
) -> None:
    await nurse.post(f"{HERE}/start", data={"command_id": "s"})
    end = {"on": "2026-11-23", "outcome": "linked", "note": "母が来る"}
    assert (await nurse.post(f"{HERE}/conclusion", data=end)).status_code == 303
    async with service.as_(COORDINATOR) as other:
        both = await other.post(f"{HERE}/conclusion", data=end | {"note": "妹も来る"})
        assert both.status_code == 409
        assert 'name="edition" value="1"' in both.text
        mine = end | {"note": "妹も来る", "outcome": "not-needed", "edition": "1"}
        saved = await other.post(f"{HERE}/conclusion", data=mine)
        assert saved.status_code == 303, saved.text
    page = (await nurse.get(HERE)).text
    assert "支援を終えました（直した記録）" in page
    assert "妹も来る" in page
    late = await nurse.post(f"{HERE}/conclusion", data=end | {"note": "祖母", "edition": "1"})
    assert late.status_code == 409
    assert "ほかの職員が書いたこと: 妹も来る" in late.text
    assert 'value="2"' in late.text
    opened = (await nurse.get(JSON)).json()
    assert (opened["outcome"], opened["conclusion_edition"]) == ("not-needed", 2)
    right = {"on": "2026-11-23", "outcome": "linked", "edition": 2}
    done = await nurse.post(f"{JSON}/conclusion", json=right)
    assert done.json()["recorded"] == ["ConclusionCorrected"]
    assert (await service.told()).count("OutreachConclusionCorrected") == 2
