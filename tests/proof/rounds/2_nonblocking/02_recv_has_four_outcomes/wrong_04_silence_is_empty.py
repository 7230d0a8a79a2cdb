"""Returns b"" when nothing has arrived yet, since it counts the bytes from zero and cuts the buffer there.

caught by: test_nothing_has_come_yet
words: Nothing had arrived, and your function did not return None
"""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    buffer = bytearray(n)
    count = 0
    try:
        count = sock.recv_into(buffer, n)
    except BlockingIOError:
        pass
    return bytes(buffer[:count])
