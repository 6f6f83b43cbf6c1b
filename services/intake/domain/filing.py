"""What goes on with the person when a case is escalated (K-03)."""

from __future__ import annotations

from dataclasses import dataclass

from services.intake.domain.sheet import Sheet, written
from shared.vocabulary.counter_file import (
    CounterFile,
    WrittenAssessment,
    WrittenMember,
    WrittenSheet,
    WrittenTie,
)


@dataclass(frozen=True)
class Filed:
    """What is kept of a case besides the sheet of the consultation."""

    members: tuple[WrittenMember, ...] = ()
    ties: tuple[WrittenTie, ...] = ()
    assessment: WrittenAssessment | None = None
    """The latest edition, if anything was written."""


NOTHING = Filed()


def as_filed(sheet: Sheet, *, returning: bool) -> WrittenSheet:
    """相談受付・申込票 as it stands."""
    return WrittenSheet.model_validate(written(sheet) | {"returning": returning})


def file_of(sheet: Sheet, rest: Filed, *, returning: bool) -> CounterFile:
    return CounterFile(
        sheet=as_filed(sheet, returning=returning),
        members=rest.members,
        ties=rest.ties,
        assessment=rest.assessment,
    )
