"""Counting 相談 by what stands on the sheet, also when it is put right later (S-01).

An indicator says once how it counts a sheet. A correction takes away what the sheet counted before
and adds what it counts now, both on the day of the consultation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from services.reporting.heard import ConsultationCorrected, ConsultationReceived
from services.reporting.indicators.definition import Countable, Memory, Observe


def observing_sheets(
    observe: Callable[[ConsultationReceived, Memory], Iterable[Countable]],
) -> dict[tuple[str, str], Observe]:
    """How an indicator counts a sheet as it was received, and as it was put right."""

    def corrected(fact: ConsultationCorrected, memory: Memory) -> Iterable[Countable]:
        before, now = list(observe(_before(fact), memory)), list(observe(_now(fact), memory))
        if before == now:
            return
        for one in before:
            yield one._replace(number=-one.number, note="訂正前")
        for one in now:
            yield one._replace(note="訂正後")

    return {
        ("intake", "ConsultationReceived"): observe,
        ("intake", "ConsultationCorrected"): corrected,
    }


def _before(fact: ConsultationCorrected) -> ConsultationReceived:
    return ConsultationReceived(
        counter=fact.counter,
        channel=fact.former_channel,
        source=fact.former_source,
        age_band=fact.former_age_band,
        issues=fact.former_issues,
        catchment=fact.former_catchment,
        nurse_district=fact.former_nurse_district,
    )


def _now(fact: ConsultationCorrected) -> ConsultationReceived:
    return ConsultationReceived(
        counter=fact.counter,
        channel=fact.channel,
        source=fact.source,
        age_band=fact.age_band,
        issues=fact.issues,
        catchment=fact.catchment,
        nurse_district=fact.nurse_district,
    )
