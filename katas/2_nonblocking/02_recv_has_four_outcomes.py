"""2.2 recv has four outcomes

recv() on a non-blocking socket has four outcomes: data, nothing yet, the end of
the stream, or an error. Each calls for a different reaction. The function below
mixes them up.

Fix try_recv(sock, n), for a non-blocking socket:
1. Return all bytes that have arrived, but at most n, whatever their values.
   Leave the rest in the socket.
2. Return None if nothing has arrived yet.
3. Return b"" at the end of the stream, after the last bytes, at every call.
4. Let every error propagate, after the bytes that arrived before it.
5. Never wait.
6. Leave the socket open and non-blocking, whatever the outcome.

Open: ValueError instead of OSError, if the socket is closed.

Document: program 2 catches whatever accept() and recv() raise, prints it and
sleeps.
"""

import socket
import time


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    """Read from a non-blocking socket, at most n bytes (n is 1 or more).

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
