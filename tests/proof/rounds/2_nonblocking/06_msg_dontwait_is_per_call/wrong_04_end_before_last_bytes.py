"""Returns b"" as soon as the peer has ended its stream, although its last bytes are still in the socket.

caught by: test_the_end_comes_after_the_last_byte
words: The peer sent eight bytes before it closed, and your function did not return them
"""

import select
import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    try:
        data = sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
    poller = select.poll()
    poller.register(sock, select.POLLRDHUP)
    for _, events in poller.poll(0):
        if events & select.POLLRDHUP and not events & select.POLLERR:
            return b""
    return data
