"""The teams that are started together. `deploy` is the only place that knows all of them."""

import os

from deploy.trouble import Trouble
from shared.bus import outside

TEAMS = ("intake", "participation", "community", "outreach", "coordination", "reporting", "portal")
"""One service, one database, one NATS user each (architecture 1)."""

HANDS_TO = {
    "intake": ("coordination",),
    "outreach": ("coordination",),
    "coordination": ("intake", "participation", "outreach"),
}
"""Who passes personal parts to whom; everybody else is refused by the broker."""

CITY = "akiruno"
"""The city whose folder under `deploy/municipalities/` is loaded when nothing else is said."""

OPERATOR = "operator"
"""Not a service: the NATS user of `./tsunagu facts tail`, who reads every fact and says nothing."""

OUTSIDE_SETTING = "TSUNAGU_OUTSIDE"


def outsiders() -> tuple[str, ...]:
    """The other systems that may read facts, from `TSUNAGU_OUTSIDE` (docs/integrators.md)."""
    said = os.environ.get(OUTSIDE_SETTING, outside.OUTSIDE)
    try:
        names = outside.outsiders(said)
        if taken := set(names) & {*TEAMS, OPERATOR, "public", "servers", "nats"}:
            raise ValueError(f"{', '.join(sorted(taken))}: ours")
    except ValueError as error:
        raise Trouble(
            f"{OUTSIDE_SETTING} の名前が正しくありません: {error}",
            f"{OUTSIDE_SETTING} has a bad name",
        ) from error
    return names


def users() -> tuple[str, ...]:
    """Everybody who has a key for NATS; the last are other systems."""
    return (*TEAMS, OPERATOR, *outsiders())
