"""2.2 recv has four outcomes

recv() on a non-blocking socket ends in one of four ways: data, nothing yet,
the end of the stream, or an error. Each asks for another reaction.

try_recv(sock, n) is to tell the four apart. The program is there, and wrong:
fix it. It makes one attempt to read from a non-blocking socket and returns

    the data       if some has come, at most n bytes, whatever bytes they are
    None           if nothing has come yet
    b""            if the peer has ended the stream, each time it is asked

and every error of the socket propagates to the caller. It answers at once. The
socket is the caller's: it stays open, and in the mode in which it came.

Document: program 2, where one except clause takes whatever accept() and recv()
raise, prints it and waits for a while.
"""

import socket
import time


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    """Read once from a non-blocking socket, at most n bytes (n is 1 or more).

    Returns what has come, None if nothing has come yet, b"" at the end of the
    stream. Raises OSError for anything else that recv() reports.
    """
    try:
        data = sock.recv(1024)
        print("from the peer:", data.decode())
    except Exception as error:
        print("nothing has come:", error)
        time.sleep(0.05)  # seconds
        return None
    return data or None
