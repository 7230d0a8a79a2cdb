"""Takes the end of one direction for the end of the connection: the answer is never passed on.

caught by: test_one_end_is_passed_on_and_the_other_direction_goes_on
words: your relay closed a direction that nobody had ended
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
    except OSError:
        pass
    hang_up(source, sink)


def relay(a: socket.socket, b: socket.socket) -> None:
    for sock in (a, b):
        sock.settimeout(None)
    back = threading.Thread(target=one_way, args=(b, a))
    back.start()
    one_way(a, b)
    back.join()
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
