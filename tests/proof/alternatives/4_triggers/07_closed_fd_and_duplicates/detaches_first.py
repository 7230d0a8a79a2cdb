"""Takes the number out of the object first, and closes that one."""

import contextlib
import os


def forget(epoll, sock):
    number = sock.detach()
    if number < 0:
        return
    with contextlib.ExitStack() as undo:
        undo.callback(os.close, number)
        with contextlib.suppress(OSError, ValueError):
            epoll.unregister(number)
