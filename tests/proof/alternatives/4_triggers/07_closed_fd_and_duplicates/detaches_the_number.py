"""Takes the number out of the socket object, and closes that."""

import errno
import os
import select
import socket


def forget(epoll: select.epoll, sock: socket.socket) -> None:
    number = sock.detach()
    if number < 0:
        return
    try:
        epoll.unregister(number)
    except OSError as error:
        if error.errno != errno.ENOENT:
            raise
    finally:
        os.close(number)
