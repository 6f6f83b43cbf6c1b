"""A decision's verb is part of the ids of commands, so it stays when its function is renamed.

`verbs.txt` holds every verb that was ever released (decision record 0008).
"""

from __future__ import annotations

from pathlib import Path

from shared.sourcing.decider import verb, verb_of
from tests.test_deciders import DECIDERS, decisions

KEPT = Path(__file__).with_name("verbs.txt")


def verbs_of_today() -> list[str]:
    return sorted(f"{name} {verb_of(decide)}" for name in DECIDERS for decide in decisions(name))


def test_every_verb_is_kept() -> None:
    kept, today = KEPT.read_text(encoding="utf-8").split("\n")[:-1], verbs_of_today()
    gone = sorted(set(kept) - set(today))
    assert not gone, (
        f"{gone}: a command that was tried before and is tried again would be stored twice. "
        'Was the function renamed? Write @verb("<the old name>") above it (shared.sourcing.decider)'
        ". Was the decision taken away for good? Then take its line out of tests/verbs.txt."
    )
    new = sorted(set(today) - set(kept))
    assert not new, f"{new}: new decisions; add these lines to tests/verbs.txt, in order."


def test_no_two_decisions_of_a_stream_share_a_verb() -> None:
    today = verbs_of_today()
    assert len(today) == len(set(today))


def test_a_renamed_decision_keeps_its_verb() -> None:
    @verb("close")
    def conclude() -> list[str]:
        return []

    def open_again() -> list[str]:
        return []

    assert (verb_of(conclude), verb_of(open_again)) == ("close", "open_again")
