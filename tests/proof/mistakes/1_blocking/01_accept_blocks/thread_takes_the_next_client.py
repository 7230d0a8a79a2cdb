"""A daemon thread accepts: if an exception interrupts the caller's wait, the thread goes on and takes the client
of the next call.

caught by: test_signals_do_not_cut_the_greeting_short
words: still blocked in conn 1.sendall(1,600,000 bytes)
"""

import queue
import select
import socket
import threading


def _accept(listener):
    while True:
        try:
            return listener.accept()
        except BlockingIOError:
            poller = select.poll()
            poller.register(listener, select.POLLIN)
            poller.poll()


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    results = queue.SimpleQueue()

    def work():
        try:
            conn, address = _accept(listener)
            with conn:
                conn.setblocking(True)
                conn.sendall(greeting)
            results.put((address, None))
        except BaseException as error:
            results.put((None, error))

    threading.Thread(target=work, daemon=True).start()
    address, error = results.get()
    if error is not None:
        raise error
    return address
