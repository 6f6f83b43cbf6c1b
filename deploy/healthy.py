"""Whether the service in this container is alive; for the health check. Standard library only."""

from __future__ import annotations

import os
import sys
from urllib.request import urlopen

if __name__ == "__main__":
    team = os.environ["TSUNAGU_TEAM"]
    with urlopen(f"http://127.0.0.1:8000/{team}/health/live", timeout=4) as answer:
        sys.exit(answer.status != 200)
