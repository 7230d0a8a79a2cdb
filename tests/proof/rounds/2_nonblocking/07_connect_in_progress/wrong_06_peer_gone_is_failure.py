"""Returns ECONNRESET for an established connection whose peer has already ended its side.

caught by: test_a_peer_that_speaks_first_is_no_failure
words: The peer had sent something and ended, and your finish_connect() took that for a failure
"""

import errno
import os
import select
import socket


def start_connect(address: tuple[str, int]) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
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
    poller = select.poll()
    poller.register(sock, select.POLLOUT | select.POLLRDHUP)
    ready = poller.poll(timeout * 1000)
    if not ready:
        return errno.ETIMEDOUT
    code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code == 0 and ready[0][1] & (select.POLLRDHUP | select.POLLHUP):
        return errno.ECONNRESET
    return code
