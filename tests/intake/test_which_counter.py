"""どの窓口？ (K-02): a proposal with its reasons, never a gate."""

from __future__ import annotations

from pathlib import Path

import pytest

import deploy
from services.intake.domain.which_counter import Approach, fields_of, which_counters
from shared.vocabulary.city import City
from tests.intake.examples import TODAY

AKIRUNO = City.load(Path(deploy.__file__).parent / "municipalities" / "akiruno")


def proposed(approach: Approach) -> list[str]:
    return [one.counter for one in which_counters(AKIRUNO, approach, TODAY)]


@pytest.mark.parametrize(
    ("approach", "counters"),
    [
        (Approach("75+", (), "ca-chubu"), ["C-02"]),
        (Approach("75+", (), None), ["C-01", "C-02", "C-03"]),
        (Approach("0-5", ("parenting-anxiety",)), ["C-05", "C-06"]),
        (Approach("40-64", ("disability",)), ["C-04"]),
        (Approach("18-39", ("debt",)), ["C-07"]),
        (Approach("75+", ("debt",), "ca-tobu"), ["C-08", "C-01", "C-07"]),
        (Approach("18-39", ("isolation",)), ["C-08"]),
        (Approach(), ["C-08"]),
    ],
)
def test_age_issues_and_catchment_lead_to_the_counters(
    approach: Approach, counters: list[str]
) -> None:
    assert proposed(approach) == counters


def test_the_reasons_are_said_in_words() -> None:
    (one,) = which_counters(AKIRUNO, Approach("65-74", ("dementia",), "ca-tobu"), TODAY)
    assert one.why == ("高齢の分野（年齢、認知症）", "お住まいの圏域は東部")


def test_a_local_issue_counts_with_the_standard_one_above_it() -> None:
    assert fields_of(AKIRUNO, "unknown", ["exploitation"]) == frozenset()
    assert fields_of(AKIRUNO, "unknown", ["debt", "dementia"]) == {"livelihood", "elderly"}
