"""Asks fstat() what the descriptor is, and leaves every other error to the caller."""

import errno
import os
import socket

Watched = socket.socket | int


def split_closed(socks: list[Watched]) -> tuple[list[Watched], list[Watched]]:
    def is_open(one: Watched) -> bool:
        number = one.fileno() if isinstance(one, socket.socket) else one
        try:
            os.fstat(number)
        except OSError as error:
            if error.errno != errno.EBADF:
                raise
            return False
        return True

    judged = [(one, is_open(one)) for one in socks]
    return [one for one, good in judged if good], [one for one, good in judged if not good]
