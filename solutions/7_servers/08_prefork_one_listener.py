"""7.8 prefork one listener: one queue, and as many processes as there is work for.

fork(2): a child's descriptors refer to the same open file descriptions as its
parent's. So there is one listener with one queue, and each accept() takes a client
out of it, for one process alone. When a client comes every worker that waits may be
woken, and only one of them gets it; the others find the queue empty. That must not
be a wait, so the listener is non-blocking. This flag belongs to the open file
description, too: it is set once for all, and the caller's mode comes back at the end.

wait(2): a child that has ended stays, as a zombie, until its parent waits for it.
multiprocessing forks, and gives for each process a descriptor that becomes readable
at its end: so `stop` and all ends are one wait. SIGKILL ends a worker whatever
signal handlers it has inherited.
"""

import asyncio
import contextlib
import multiprocessing
import os
import socket
from multiprocessing import connection

FORK = multiprocessing.get_context("fork")  # a new interpreter would have no copy of the listener


async def _answer(conn: socket.socket) -> None:
    reader, writer = await asyncio.open_connection(sock=conn)
    # ValueError is a line that is too long. Like a reset it is the end of this client, and of no other.
    with contextlib.suppress(OSError, ValueError), contextlib.closing(writer):
        async for line in reader:
            writer.write(b"%d %s" % (os.getpid(), line))
            # Nothing is read from a client that does not read; the loop goes on with the others meanwhile.
            await writer.drain()


async def _work(listener: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    clients: set[asyncio.Task[None]] = set()  # the loop itself keeps no strong reference to a task
    while True:
        try:
            # When somebody else was faster this waits in the loop, with everything else, and not in accept().
            conn, _ = await loop.sock_accept(listener)
        except ConnectionAbortedError:
            continue  # the client was gone before (accept(2))
        task = loop.create_task(_answer(conn))
        clients.add(task)
        task.add_done_callback(clients.discard)


def work(listener: socket.socket) -> None:
    """Answer each line of each client with this process's number, a space and the line, for ever.

    Raises OSError or ValueError if the listener fails.
    """
    listener.setblocking(False)
    asyncio.run(_work(listener))


def serve(listener: socket.socket, stop: socket.socket, workers: int = 2) -> None:
    """Let `workers` processes work on one listener until `stop` is readable."""
    mode = listener.gettimeout()
    crew: list[multiprocessing.context.ForkProcess] = []
    try:
        while True:
            while len(crew) < workers:
                worker = FORK.Process(target=work, args=(listener,))
                worker.start()
                crew.append(worker)
            ready = connection.wait([stop, *(worker.sentinel for worker in crew)])
            if stop in ready:
                return
            for worker in [worker for worker in crew if worker.sentinel in ready]:
                crew.remove(worker)
                worker.join()
    finally:
        # All are told first, then all are waited for.
        for worker in crew:
            worker.kill()
        for worker in crew:
            worker.join()
        listener.settimeout(mode)
