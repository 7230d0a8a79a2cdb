"""Tries to duplicate the descriptor, which takes an open one."""

import contextlib
import os
import socket

Watched = socket.socket | int


def split_closed(socks: list[Watched]) -> tuple[list[Watched], list[Watched]]:
    usable: list[Watched] = []
    for one in socks:
        number = one if isinstance(one, int) else one.fileno()
        with contextlib.suppress(OSError):
            os.close(os.dup(number))
            usable.append(one)
    return usable, [one for one in socks if not any(one is other for other in usable)]
