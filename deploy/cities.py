"""Which city a data folder belongs to: one of `deploy/municipalities/`, or a folder of its own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from deploy.servers.folder import in_data
from deploy.teams import CITY
from deploy.trouble import Trouble

MUNICIPALITIES = Path(__file__).parent / "municipalities"
_KEPT = "city"


@dataclass(frozen=True)
class CityFolder:
    """A city's words, and the code that its NATS subjects begin with."""

    path: Path
    code: str

    @property
    def samples(self) -> Path:
        """Invented lists for a demonstration; a city may have none."""
        return self.path / "samples"


def city_named(said: str) -> CityFolder:
    """By its name under `municipalities/`, or by the path of its folder."""
    ours = MUNICIPALITIES / said
    path = (ours if ours.is_dir() else Path(said)).absolute()
    try:
        values = tomllib.loads((path / "city.toml").read_text(encoding="utf-8"))
        return CityFolder(path, str(values["code"]))
    except (OSError, KeyError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        cities = ", ".join(sorted(one.parent.name for one in MUNICIPALITIES.glob("*/city.toml")))
        raise Trouble(
            f"{said} は市のフォルダではありません(city.toml が要ります)。あるもの: {cities}",
            f"{said} is no city's folder: it needs a city.toml with its code; there are: {cities}",
        ) from error


def city_of(data: Path, said: str | None) -> CityFolder:
    """The city of this data folder: the one it began with. Another one is refused."""
    kept = data / _KEPT
    with in_data(data):
        before = kept.read_text(encoding="utf-8").strip() if kept.exists() else None
    city = city_named(said or before or CITY)
    if before and said and city_named(before).code != city.code:
        raise Trouble(
            f"{data} は {before} のデータです。{said} には別の --data を指定してください。",
            f"{data} belongs to {before}; choose another folder with --data for {said}",
        )
    return city


def keep_city(data: Path, city: CityFolder) -> None:
    """Remember it for the next start: by name if it is one of ours, that the tree may move."""
    ours = city.path.parent == MUNICIPALITIES
    (data / _KEPT).write_text(f"{city.path.name if ours else city.path}\n", encoding="utf-8")
