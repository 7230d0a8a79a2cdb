"""Returns None for EHOSTUNREACH and ENETUNREACH, as if nothing had come.

caught by: test_an_error_that_ends_the_wait_propagates
words: recv() failed with EHOSTUNREACH, and your code took it for silence or for the end
"""

import errno
import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    before = sock.gettimeout()
    sock.settimeout(seconds)
    try:
        return sock.recv(n)
    except BlockingIOError:
        return None
    except TimeoutError as error:
        if error.errno is not None:
            raise
        return None
    except OSError as error:
        if error.errno in (errno.EHOSTUNREACH, errno.ENETUNREACH):
            return None  # a router was down: that can pass
        raise
    finally:
        sock.settimeout(before)
