"""Waits on a duplicate. The kernel's mode is shared by both, so the original's is set again."""

import errno
import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    with sock.dup() as other:
        try:
            other.settimeout(seconds)
            return other.recv(n)
        except BlockingIOError:
            return None
        except TimeoutError as error:
            if error.errno == errno.ETIMEDOUT:
                raise
            return None
        finally:
            sock.settimeout(sock.gettimeout())
