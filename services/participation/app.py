"""参加支援: the whole service as one value."""

from __future__ import annotations

from pathlib import Path
