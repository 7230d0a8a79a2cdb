"""Sleeps for the whole grace, whoever is still there.

caught by: test_with_nobody_left_it_returns_at_once
words: waited for the end of `grace`
"""

import select
import socket
import threading
import time
from contextlib import suppress


def stop_accepting(listener: socket.socket) -> list[socket.socket]:
    queue: list[socket.socket] = []
    with listener:
        listener.setblocking(False)
        try:
            while select.select([listener], [], [], 0)[0]:
                with suppress(BlockingIOError):
                    queue.append(listener.accept()[0])
        except OSError:
            while queue:
                queue.pop().close()
            raise
    return queue


def echo(conn: socket.socket) -> None:
    conn.setblocking(True)
    with conn, suppress(OSError):
        while data := conn.recv(8192):
            conn.sendall(data)


def serve(listener: socket.socket, stop: socket.socket, grace: float = 5.0) -> None:
    threads: dict[threading.Thread, socket.socket] = {}

    def begin(conn: socket.socket) -> None:
        thread = threading.Thread(target=echo, args=(conn,))
        threads[thread] = conn
        thread.start()

    listener.setblocking(False)
    until = time.monotonic()
    try:
        while not select.select([stop], [], [], 0)[0]:
            if listener in select.select([listener, stop], [], [])[0]:
                with suppress(BlockingIOError):
                    begin(listener.accept()[0])
        until = time.monotonic() + grace
        for conn in stop_accepting(listener):
            begin(conn)
    finally:
        select.select([], [], [], max(0.0, until - time.monotonic()))
        for thread, conn in threads.items():
            thread.join(max(0.0, until - time.monotonic()))
            if thread.is_alive():
                with suppress(OSError):
                    conn.shutdown(socket.SHUT_RDWR)
                thread.join()
