"""Takes a peer that has ended already for one that never was there.

caught by: test_a_peer_that_speaks_first_is_no_failure
words: the peer had sent something and ended, and your finish_connect() took that for a failure
breaks: 4
"""

import errno
import os
import select
import socket


def start_connect(address: tuple[str, int]) -> socket.socket:
    sock = socket.socket()
    try:
        sock.setblocking(False)
        code = sock.connect_ex(address)
        if code not in (0, errno.EINPROGRESS):
            raise OSError(code, os.strerror(code))
    except BaseException:
        sock.close()
        raise
    return sock


def finish_connect(sock: socket.socket, timeout: float) -> int:
    if not select.select([], [sock], [], timeout)[1]:
        return errno.ETIMEDOUT
    poll = select.poll()
    poll.register(sock, select.POLLRDHUP)
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) or (errno.ECONNRESET if poll.poll(0) else 0)
