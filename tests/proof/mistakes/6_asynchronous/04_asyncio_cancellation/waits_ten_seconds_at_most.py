"""Waits for ten seconds at most, whatever the caller asked for.

caught by: test_silence_is_none_when_the_time_is_over
words: your code gave up before the time was over
"""

import asyncio
import socket


async def recv_or_none(sock: socket.socket, n: int, timeout: float) -> bytes | None:
    """Receive at most n bytes from a non-blocking socket; None if nothing comes within `timeout` seconds, > 0.

    b"" is the end of the stream. Raises OSError if the connection has failed, and
    CancelledError if the task is cancelled.
    """
    loop = asyncio.get_running_loop()
    readable: asyncio.Future[None] = loop.create_future()

    def report() -> None:
        # The loop reports the socket in each turn, also in the next one, in which this task has not run yet.
        if not readable.done():
            readable.set_result(None)

    loop.add_reader(sock, report)
    try:
        # The time is over without an exception here, so there is none to be taken for another one: neither the
        # caller's own limit (a cancellation), nor a connection that TCP gave up (ETIMEDOUT is a TimeoutError).
        in_time, _ = await asyncio.wait({readable}, timeout=min(timeout, 10))
    finally:
        # On every way out: the selector has one reader for a socket, and the next one is somebody else's.
        loop.remove_reader(sock)
    # Two phases: the waiting is over, and the copying needs no limit. A sock_recv() that is cancelled between
    # the two has copied already, and its bytes are lost; these stay in the kernel until this line.
    return sock.recv(n) if in_time else None
