"""Returns b"" at the end of the stream only the first time, and None from then on.

caught by: test_the_end_of_the_stream_is_not_nothing_yet
words: The stream had ended, and your function did not return b''
"""

import socket
import weakref

_ended: weakref.WeakSet[socket.socket] = weakref.WeakSet()


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    try:
        data = sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
    if not data:
        if sock in _ended:
            return None
        _ended.add(sock)
    return data
