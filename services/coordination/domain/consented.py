"""同意の範囲: for what, with whom and until when a person agreed to sharing (F-03, T-03)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.coordination.domain.events import Purpose
from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class Scope:
    """Empty purposes or recipients: all of them, as far as the case needs it."""

    purposes: tuple[Purpose, ...] = ()
    recipients: tuple[str, ...] = ()
    expires_on: date | None = None

    def is_over(self, on: date) -> bool:
        """The last day has passed."""
        return self.expires_on is not None and on > self.expires_on

    def reaches(self, purpose: Purpose, on: date) -> bool:
        """Does it hold for this on that day?"""
        return not self.is_over(on) and (not self.purposes or purpose in self.purposes)

    def uncovered(self, agencies: Iterable[str]) -> list[str]:
        """Those of these agencies with whom nothing may be shared."""
        return [one for one in agencies if self.recipients and one not in self.recipients]

    def check(self, purpose: Purpose, on: date, agencies: Iterable[str] = ()) -> None:
        """Raises Refused when the consent does not reach so far."""
        if self.is_over(on):
            raise Refused("consent-expired")
        if self.purposes and purpose not in self.purposes:
            raise Refused("consent-other-purpose")
        if self.uncovered(agencies):
            raise Refused("consent-other-recipient")


EVERYTHING = Scope()
