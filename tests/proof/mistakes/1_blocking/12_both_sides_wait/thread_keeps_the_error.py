"""Sends in a thread, whose error nobody looks at.

caught by: test_an_error_after_n_bytes_propagates
words: the connection broke before all of data was sent
breaks: 6
"""

import contextlib
import threading


def exchange(sock, data, n):
    def send():
        with contextlib.suppress(OSError):
            sock.sendall(data)

    sending = threading.Thread(target=send)
    sending.start()
    received = b""
    try:
        while len(received) < n:
            piece = sock.recv(n - len(received))
            if not piece:
                raise EOFError
            received += piece
    finally:
        sending.join()
    return received
