"""Relays the question up to its end, and then the answer: whoever speaks before that is not heard.

caught by: test_what_one_side_says_the_other_one_hears
words: what one side said did not come to the other at once
"""

import selectors
import socket
import threading
from contextlib import suppress


def hang_up(*socks: socket.socket) -> None:
    for sock in socks:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def one_way(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(16384):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        hang_up(source, sink)


def relay(a: socket.socket, b: socket.socket) -> None:
    for sock in (a, b):
        sock.settimeout(None)
    one_way(a, b)
    one_way(b, a)
    a.close()
    b.close()


def serve(listener: socket.socket, stop: socket.socket, upstream: tuple[str, int]) -> None:
    lock = threading.Lock()
    threads: list[threading.Thread] = []
    active: set[socket.socket] = set()
    over = False

    def begin(client: socket.socket) -> None:
        try:
            server = socket.create_connection(upstream)
        except OSError:
            client.close()
            return
        with lock:
            active.update((client, server))
            if over:
                hang_up(client, server)
        relay(client, server)
        with lock:
            active.difference_update((client, server))

    mode = listener.gettimeout()
    listener.settimeout(0)
    try:
        with selectors.DefaultSelector() as waiting:
            waiting.register(listener, selectors.EVENT_READ)
            waiting.register(stop, selectors.EVENT_READ)
            while not any(key.fileobj is stop for key, _ in waiting.select()):
                with suppress(BlockingIOError):
                    client = listener.accept()[0]
                    threads = [thread for thread in threads if thread.is_alive()]
                    threads.append(threading.Thread(target=begin, args=(client,)))
                    threads[-1].start()
    finally:
        if listener.fileno() != -1:
            listener.settimeout(mode)
        with lock:
            over = True
            # Closed ones among them have no number any more, and shutdown() says so.
            hang_up(*active)
        for thread in threads:
            thread.join()
