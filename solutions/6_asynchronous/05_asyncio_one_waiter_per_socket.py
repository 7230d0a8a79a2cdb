"""6.5 asyncio one waiter per socket: the tasks queue up for a lock, and one of them for the socket.

Python documentation, asyncio event loop, "Watching file descriptors": a new add_reader()
takes the place of the one before. asyncio.Lock is fair: it goes to whoever has waited
longest, and one that is cancelled leaves its queue.
"""

import asyncio
import socket


class SharedReceiver:
    """Lets many tasks receive from one socket, in turn."""

    def __init__(self, sock: socket.socket) -> None:
        """Take a connected non-blocking socket, from which nobody else reads; it belongs to the caller."""
        self._sock = sock
        # Not a threading.Lock: that one stops the thread of the loop, and with it the task that holds it.
        self._turn = asyncio.Lock()

    async def recv(self, n: int) -> bytes:
        """Wait for your turn and for something to arrive, and return at most n bytes, n > 0.

        b"" is the end of the stream. Raises OSError if the connection has failed.
        """
        # No look at the socket before the lock is ours: who comes with the bytes must not overtake who waits.
        # `async with` hands the turn on in every case: bytes, error, cancellation.
        async with self._turn:
            loop = asyncio.get_running_loop()
            readable = asyncio.Event()
            loop.add_reader(self._sock, readable.set)
            try:
                await readable.wait()
            finally:
                loop.remove_reader(self._sock)
            # sock_recv() would do as well, but for one thing: if it is cancelled in the turn of the loop in
            # which it has read, its bytes are gone. Here they are in the kernel until nothing can come between.
            return self._sock.recv(n)
