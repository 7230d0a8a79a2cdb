"""Serves one client to its end before it accepts the next: two workers serve two clients.

caught by: test_a_worker_serves_all_its_clients_at_once
words: one client was silent, and others got no answer
"""

import os
import signal
import socket
import threading
from contextlib import suppress


def talk(conn: socket.socket) -> None:
    with conn, suppress(OSError), conn.makefile("rwb") as file:
        for line in file:
            file.write(b"%d " % os.getpid() + line)
            file.flush()


def work(listener: socket.socket) -> None:
    # A blocking accept() may wait: nobody waits for this thread.
    listener.settimeout(None)
    while True:
        conn, _ = listener.accept()
        talk(conn)


def serve(listener: socket.socket, stop: socket.socket, workers: int = 2) -> None:
    mode = listener.gettimeout()
    lock = threading.Lock()
    running: set[int] = set()
    over = False

    def employ() -> None:
        while True:
            with lock:
                if over:
                    return
                pid = os.fork()
                if pid == 0:
                    try:
                        work(listener)
                    finally:
                        os._exit(1)
                running.add(pid)
            # Its number stays its own until it has been waited for.
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
            with lock:
                os.waitpid(pid, 0)
                running.discard(pid)

    threads = [threading.Thread(target=employ) for _ in range(workers)]
    try:
        for thread in threads:
            thread.start()
        before = stop.gettimeout()
        stop.settimeout(None)
        stop.recv(1, socket.MSG_PEEK)
        stop.settimeout(before)
    finally:
        with lock:
            over = True
            for pid in running:
                os.kill(pid, signal.SIGKILL)
        for thread in threads:
            thread.join()
        listener.settimeout(mode)
