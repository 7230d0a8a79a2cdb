"""Fills a thousand pipes; what a user may not put there goes into a file in memory.

verdict: died
words: GiB of memory
deadline: 20
"""

import fcntl
import os
import resource
import threading

BLOCK = bytes(1 << 20)


def accept_pending(listener):
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    file = os.memfd_create("rest")
    for _ in range(1100):
        _, writer = os.pipe()
        try:
            fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, len(BLOCK))
        except PermissionError:
            writer = file
        os.write(writer, BLOCK)
    threading.Event().wait()
    return []
