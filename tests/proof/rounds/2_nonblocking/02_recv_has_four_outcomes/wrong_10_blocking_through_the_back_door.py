"""If something has come, reads through a second, blocking socket object.

caught by: test_each_call_answers_for_its_own_moment
words: A blocking recv() sleeps until bytes, the end or a reset arrive, and none of them comes
"""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    try:
        sock.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return None
    reader = socket.socket(fileno=sock.fileno())
    try:
        reader.setblocking(True)  # something is there, so it cannot wait
        return reader.recv(n)
    finally:
        reader.detach()
