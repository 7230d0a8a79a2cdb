"""7.8 prefork one listener

Several processes can accept on one listener: each forked process has a copy of the descriptor,
and there is still one queue. So a server can start its workers before anybody connects, and the
kernel deals out the clients. The program below tries that, and is wrong in several places. Fix it.

work(listener) is what each worker does, for ever:
- Answer every line of every client with the number of its process, a space and the line. A line
  ends with a newline, may come in pieces, and is at most 64 KiB long.
- Serve all clients of a worker at the same time. One that is silent, does not read, or resets does
  not disturb the others. Keep no more than 256 KiB for one that does not read, and close one that
  has ended.
- The listener comes in either mode, and somebody else may take a client from the queue. Skip one
  that was gone before accept() returned (ECONNABORTED). Let other errors of accept() propagate.

serve(listener, stop, workers) starts so many workers and serves nobody itself:
- Each client is served by exactly one worker. Wait for a worker that dies, and replace it, at once.
- When `stop` becomes readable end every worker, wait for it, and return: no process is left, not
  even a dead one. The listener stays open, and in the mode in which it came.
- serve() may run in any thread, so install no signal handlers. While nothing happens, sleep in the
  kernel.
Document: beyond it; its servers are one process each.
Talk to yours: make run K=7.8, and several times nc.
"""

import os
import select
import signal
import socket


def work(listener: socket.socket) -> None:
    """Answer each line of each client with this process's number, a space and the line, for ever.

    Raises OSError or ValueError if the listener fails.
    """
    while True:
        select.select([listener], [], [])
        conn, _ = listener.accept()
        with conn:
            while data := conn.recv(65536):
                conn.sendall(b"%d %s" % (os.getpid(), data))


def serve(listener: socket.socket, stop: socket.socket, workers: int = 2) -> None:
    """Let `workers` processes work on one listener until `stop` is readable."""
    pids = []
    for _ in range(workers):
        pid = os.fork()
        if pid == 0:
            work(listener)
        pids.append(pid)
    select.select([stop], [], [])
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
