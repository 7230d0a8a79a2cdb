"""6.4 asyncio cancellation

cancel() does not stop a task: it makes the call that the task awaits raise
CancelledError, at the task's next step. Time limits work the same way. What the kernel
has not handed out by then stays there for the next reader, provided that nobody goes on
reading.

The program below tries to be safe from every surprise, and has more than one mistake. Fix
recv_or_none(sock, n, timeout).
- Return what recv() returns, or None when nothing has come within the time. Only silence
  is None; the end of the stream is not.
- Let the errors of recv() propagate. ETIMEDOUT is one of them: TCP gave the connection up.
- If the task that awaits it is cancelled, or has a time limit of its own that is over
  sooner, raise CancelledError, and soon: also when bytes come in the same turn of the loop.
- After it has ended, in whichever way, nobody watches the socket for it any more: what
  comes then belongs to the next reader.
- While it waits, the other tasks of the loop go on, and the thread sleeps.
- The socket is non-blocking, and nobody else reads from it meanwhile.

Document: beyond it; its programs wait without a limit, and nothing can call them back.
"""

import asyncio
import socket


async def recv_or_none(sock: socket.socket, n: int, timeout: float) -> bytes | None:
    """Receive at most n bytes from a non-blocking socket; None if nothing comes within `timeout` seconds, > 0.

    b"" is the end of the stream. Raises OSError if the connection has failed, and
    CancelledError if the task is cancelled.
    """
    loop = asyncio.get_running_loop()
    # whatever happens, a read is not to be broken off half way
    reading = asyncio.shield(loop.sock_recv(sock, n))
    try:
        data = await asyncio.wait_for(reading, timeout)
    except BaseException:
        # nothing has come
        return None
    return data or None
