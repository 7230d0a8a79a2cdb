"""settimeout() and recvmsg(), telling Python's own timeout from ETIMEDOUT by its missing errno."""

import fcntl
import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    timeout = sock.gettimeout()
    flags = fcntl.fcntl(sock, fcntl.F_GETFL)
    try:
        sock.settimeout(seconds)
        data, _, _, _ = sock.recvmsg(n)
        return data
    except BlockingIOError:
        return None
    except TimeoutError as error:
        if error.errno is None:
            return None
        raise
    finally:
        sock.settimeout(timeout)
        fcntl.fcntl(sock, fcntl.F_SETFL, flags)
