"""Right: poll() to sleep, os.readv() of the descriptor, detach() and os.close() at the end; a broken connection returns the count."""

import os
import select
import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    """Shut down sending, throw away at most limit bytes up to the peer's end, close."""
    total = 0
    try:
        sock.shutdown(socket.SHUT_WR)
        fd = sock.fileno()
        poller = select.poll()
        poller.register(fd, select.POLLIN)
        one, two = memoryview(bytearray(4096)), memoryview(bytearray(61440))
        while total < limit:
            poller.poll()
            left = limit - total
            count = os.readv(fd, [one[:left], two[: max(0, left - len(one))]])
            if not count:
                break
            total += count
    except OSError:
        pass
    finally:
        os.close(sock.detach())
    return total
