"""Serves one client until it ends, and all the others wait in the queue.

caught by: test_everybody_gets_back_what_they_sent
words: one call waited, and no other client was served meanwhile
"""

import select


def serve(listener, stop):
    mode = listener.gettimeout()
    listener.setblocking(False)
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    poll.register(stop, select.POLLIN)
    try:
        while True:
            for fd, _ in poll.poll():
                if fd == stop.fileno():
                    return
                try:
                    conn, _ = listener.accept()
                except BlockingIOError:
                    continue
                with conn:
                    conn.setblocking(True)
                    try:
                        while data := conn.recv(65536):
                            conn.sendall(data)
                    except OSError:
                        pass
    finally:
        listener.settimeout(mode)
