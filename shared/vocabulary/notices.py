"""お知らせ: which office is told by mail, once a day, how much waits for it (F-24)."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Field_


class Recipient(BaseModel):
    """A mailbox of an office, never of a person (decision 0014)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    team: Literal["intake", "participation", "community", "outreach", "coordination"]
    address: str = Field_(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)
    agency: str | None = None
    """Whose work is counted; None: the office's that does the team's work."""
    district: str | None = None
    """Only what belongs to this 担当地区."""

    @property
    def key(self) -> str:
        """By which it is remembered that it was told."""
        return " ".join((self.address, self.agency or "-", self.district or "-"))


class Notices(BaseModel):
    """`[notices]` of city.toml. Without recipients nobody is told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hour: int = Field_(8, ge=0, le=23)
    """From this hour of the city's day on."""
    to: tuple[Recipient, ...] = ()
