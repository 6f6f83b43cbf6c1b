"""受付 without a screen: rows of a file, once each; any address is received."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.desk import Desk, open_desk
from services.intake.reception import Slip, receive_slip
from shared.sourcing.decider import Refused
from shared.sourcing.log import Origin
from tests.intake.conftest import Running
from tests.intake.examples import TODAY


def desk_of(running: Running, command_id: UUID | None = None) -> Desk:
    pool: Any = running.host.store.pool
    origin = Origin("import", command_id=command_id)
    return open_desk(running.host.office(running.host.store, pool, origin))


def slip(**changes: Any) -> Slip:
    usual: dict[str, Any] = {
        "counter": "C-01",
        "channel": "phone",
        "source": "self",
        "received_on": TODAY,
    }
    return Slip(**usual | {"content": "眠れない"} | changes)


async def test_the_same_row_again_adds_nothing(running: Running) -> None:
    """`./tsunagu import` gives each row a command id of its own."""
    one, two = uuid4(), uuid4()
    first = await receive_slip(desk_of(running, one), slip())
    again = await receive_slip(desk_of(running, one), slip())
    other = await receive_slip(desk_of(running, two), slip())
    assert (first.replayed, again.replayed, other.replayed) == (False, True, False)
    assert (again.consultation_id, again.case_id) == (first.consultation_id, first.case_id)
    assert len(await running.told()) == 2


@pytest.mark.parametrize("address", [None, "住所不定", "東京都八王子市1-1", "小峰台 3"])
async def test_whatever_the_address_the_consultation_is_received(
    running: Running, address: str | None
) -> None:
    made = await receive_slip(desk_of(running), slip(address=address))
    state = await desk_of(running).consultations.state(made.consultation_id)
    assert state.sheet
    assert state.sheet.nurse_district is None


async def test_codes_the_city_does_not_have_are_refused(running: Running) -> None:
    with pytest.raises(Refused) as refusal:
        await receive_slip(desk_of(running), slip(issues=("no-such",)))
    assert (refusal.value.code, refusal.value.values) == ("code-not-listed", {"field": "issues"})
