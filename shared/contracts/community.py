"""Facts told by community (地域づくり, 第3号). Edited by the community team only."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, TypeAlias
from uuid import UUID

from pydantic import Field, StringConstraints

from shared.contracts.fact import Code, Fact

Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
Story = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
"""公表する文: written to be published in the evaluation, and the form says so (ADR 0012)."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=120)]


Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class ResourceRegistered(Fact):
    """地域の社会資源 (集いの場・居場所) を登録した (B-01..B-06). Counted by Q-05.

    A public place, so it may carry its name.
    """

    team: ClassVar[str] = "community"
    resource_id: UUID
    kind: Code
    name: Name
    area: Code | None = None
    town: Code | None = None
    """Where the place is, if the directory knows; the area is often no town (V-1)."""
    programme: Code | None = None
    weekdays: tuple[Weekday, ...] = ()
    """On which days of the week it is open at least once a month."""
    targets: tuple[Code, ...] = ()
    """For whom (`resource_targets`); none: nothing is known."""
    cares: tuple[Code, ...] = ()
    """What it can take care of (`resource_cares`)."""
    capacity: Code | None = None
    """Whether there is room (`capacity_states`); None: nobody asked."""


class ResourceCorrected(Fact):
    """社会資源の登録内容を直した. The whole public entry as it is now.

    It neither begins nor ends a count of Q-05.
    """

    team: ClassVar[str] = "community"
    resource_id: UUID
    correction_id: UUID
    kind: Code
    name: Name
    area: Code | None = None
    town: Code | None = None
    """Where the place is, if the directory knows; the area is often no town (V-1)."""
    programme: Code | None = None
    weekdays: tuple[Weekday, ...] = ()
    """On which days of the week it is open at least once a month."""
    targets: tuple[Code, ...] = ()
    """For whom (`resource_targets`); none: nothing is known."""
    cares: tuple[Code, ...] = ()
    """What it can take care of (`resource_cares`)."""
    capacity: Code | None = None
    """Whether there is room (`capacity_states`); None: nobody asked."""


class ResourceRetired(Fact):
    """社会資源がなくなった、または使えなくなった. Ends its count in Q-05."""

    team: ClassVar[str] = "community"
    resource_id: UUID
    reason: Code


class ResourceReopened(Fact):
    """社会資源がまた使えるようになった, or was retired by mistake. It counts again in Q-05."""

    team: ClassVar[str] = "community"
    resource_id: UUID
    kind: Code


class ActivityRecorded(Fact):
    """地域づくりの活動を記録した (B-01..B-06)."""

    team: ClassVar[str] = "community"
    activity_id: UUID
    programme: Code
    kind: Code
    resource_id: UUID | None = None
    participants: int = Field(ge=0, le=100_000)
    newcomers: int = Field(default=0, ge=0, le=100_000)
    counts: dict[Code, Count] = Field(default_factory=dict)
    """Every number of the record by its measure, participants and newcomers too (Q-07 … Q-26)."""
    story: Story | None = None


class ActivityCorrected(Fact):
    """活動の記録を直した (B-01..B-06). Replaces every number told about this activity before.

    `occurred_on` is the day it was held.
    """

    team: ClassVar[str] = "community"
    activity_id: UUID
    programme: Code
    kind: Code
    resource_id: UUID | None = None
    participants: int = Field(ge=0, le=100_000)
    newcomers: int = Field(default=0, ge=0, le=100_000)
    counts: dict[Code, Count] = Field(default_factory=dict)
    """Every number of the record by its measure, participants and newcomers too (Q-07 … Q-26)."""
    story: Story | None = None


class GapNoted(Fact):
    """足りない社会資源を、開発の項目にした (N-07). About no person: what is missing, and where."""

    team: ClassVar[str] = "community"
    gap_id: UUID
    resource: Code
    """`missing_resources`"""
    catchment: Code | None = None
    by: Literal["meeting", "community"]
    """Whether a meeting missed it, or 地域づくり itself."""


class GapFilled(Fact):
    """足りなかった社会資源ができた, or was found in the directory (N-07)."""

    team: ClassVar[str] = "community"
    gap_id: UUID
    resource_id: UUID


class GapClosed(Fact):
    """できた場を、はじめてだれかが使い始めた (N-07): the end of what GapNoted began."""

    team: ClassVar[str] = "community"
    gap_id: UUID


class GapDropped(Fact):
    """足りない社会資源をつくらないことにした (N-07)."""

    team: ClassVar[str] = "community"
    gap_id: UUID
