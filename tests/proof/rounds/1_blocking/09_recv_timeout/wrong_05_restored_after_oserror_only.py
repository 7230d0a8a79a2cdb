"""Puts the timeout back after the bytes and after an OSError, but not after another exception, such as KeyboardInterrupt from a signal handler.

caught by: test_an_exception_of_any_kind_leaves_mode_and_timeout_as_they_were
words: after Ctrl-C your code left the socket with another timeout
"""

import fcntl
import os
import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    timeout = sock.gettimeout()
    flags = fcntl.fcntl(sock, fcntl.F_GETFL)
    failure = None
    data = None
    sock.settimeout(seconds)
    try:
        data = sock.recv(n)
    except BlockingIOError:
        pass
    except OSError as error:
        if not isinstance(error, TimeoutError) or error.errno is not None:
            failure = error
    sock.settimeout(timeout)
    os.set_blocking(sock.fileno(), not flags & os.O_NONBLOCK)
    if failure is not None:
        raise failure
    return data
