"""Starts a thread for each client: a thousand stacks, and the work of changing between them.

caught by: test_a_thousand_clients_at_once_in_one_thread
words: the server used more than one thread
"""

import select
import threading


def echo(conn):
    with conn:
        try:
            while data := conn.recv(65536):
                conn.sendall(data)
        except OSError:
            pass


def serve(listener, stop):
    mode = listener.gettimeout()
    listener.setblocking(False)
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    poll.register(stop, select.POLLIN)
    conns = []
    try:
        while True:
            for fd, _ in poll.poll():
                if fd == stop.fileno():
                    return
                try:
                    conn, _ = listener.accept()
                except BlockingIOError:
                    continue
                conn.setblocking(True)
                conns.append(conn)
                threading.Thread(target=echo, args=(conn,), daemon=True).start()
    finally:
        for conn in conns:
            try:
                conn.shutdown(2)
            except OSError:
                pass
        listener.settimeout(mode)
