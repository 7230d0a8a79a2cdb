"""Takes up to 4096 bytes out of the socket and keeps the rest for later calls.

caught by: test_no_more_than_n_bytes_are_taken
words: your function took more than n bytes out of the socket
"""

import socket
import weakref

_rest = weakref.WeakKeyDictionary()


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    data = _rest.pop(sock, b"")
    if not data:
        try:
            data = sock.recv(max(n, 4096))
        except BlockingIOError:
            return None
    if len(data) > n:
        _rest[sock] = data[n:]
    return data[:n]
