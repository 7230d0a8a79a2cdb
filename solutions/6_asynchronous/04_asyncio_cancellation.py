"""6.4 asyncio cancellation: only the wait can be called off, so nothing but the wait stands under the limit.

Python documentation, "Task Cancellation": CancelledError derives from BaseException so
that it gets past `except Exception`, and who catches it should raise it again. wait_for()
cancels what it waits for when the time is over, and when it is cancelled itself.
"""

import asyncio
import socket


async def recv_or_none(sock: socket.socket, n: int, timeout: float) -> bytes | None:
    """Receive at most n bytes from a non-blocking socket; None if nothing comes within `timeout` seconds, > 0.

    b"" is the end of the stream. Raises OSError if the connection has failed, and
    CancelledError if the task is cancelled.
    """
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(sock, readable.set)
    try:
        await asyncio.wait_for(readable.wait(), timeout)
    except asyncio.TimeoutError:
        # Before Python 3.11 this is a class of its own, and TimeoutError alone would not catch it.
        # CancelledError is not here: who cancels us wants us to end, not to go on with None.
        return None
    finally:
        # On every way out: the selector has one reader for a socket, and the next one is somebody else's.
        loop.remove_reader(sock)
    # Two phases: the waiting is over, and the copying needs no limit. A sock_recv() that is cancelled between
    # the two has copied already, and its bytes are lost; these stay in the kernel until this line. What recv()
    # raises is not taken for our own limit either: a connection that has timed out (ETIMEDOUT) is no silence.
    return sock.recv(n)
