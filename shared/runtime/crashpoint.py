"""Named places where a test may kill the process: `TSUNAGU_CRASHPOINT=append.after_commit:3` dies
at the third hit.
"""

from __future__ import annotations

import os
import signal

_name, _, _nth = os.environ.get("TSUNAGU_CRASHPOINT", "").partition(":")
_left = int(_nth or 1)


def crashpoint(name: str) -> None:
    """Nothing, unless this very point is armed: then SIGKILL, as a power cut would."""
    global _left
    if _name != name:
        return
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
