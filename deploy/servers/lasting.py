"""Become a program that ends with its parent, as another user: `PARENT UID GID PROGRAM …`.

Not a `preexec_fn`: running Python between fork and exec of a threaded process may dead-lock.
Standard library only, started with `python -I -S`.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, uid: int, gid: int, *command: str) -> None:
    """Drop to the user, ask the kernel for a SIGINT (fast shutdown) when the parent dies, exec."""
    os.umask(0o077)
    if uid != os.geteuid():
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    # After the change of user, which would clear it.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
    if os.getppid() != parent:
        sys.exit("the parent has gone")
    os.execv(command[0], command)  # noqa: S606 - the command is ours


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
