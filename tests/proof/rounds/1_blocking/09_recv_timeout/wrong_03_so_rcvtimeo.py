"""Sets SO_RCVTIMEO, which only counts in blocking mode: a non-blocking socket does not wait at all, and one with a timeout waits for that.

caught by: test_silence_is_awaited_for_the_whole_time
words: your code waited for longer than `seconds`: 5.5 s
"""

import os
import select
import socket
import struct


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    if seconds == 0:
        poller = select.poll()
        poller.register(sock, select.POLLIN)
        return os.read(sock.fileno(), n) if poller.poll(0) else None
    whole = int(seconds)
    limit = struct.pack("ll", whole, max(1, int((seconds - whole) * 1_000_000)))
    before = sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, 16)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
    try:
        return sock.recv(n)
    except BlockingIOError:
        return None
    except TimeoutError as error:
        if error.errno is None:
            return None
        raise
    finally:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, before)
