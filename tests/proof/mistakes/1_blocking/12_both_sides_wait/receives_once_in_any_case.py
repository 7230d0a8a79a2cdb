"""Receives before it asks whether anything is missing.

caught by: test_nothing_to_send_or_nothing_to_receive
words: still blocked in sock.recv(
"""

import threading


def exchange(sock, data, n):
    sending = threading.Thread(target=sock.sendall, args=(data,))
    sending.start()
    received = b""
    try:
        while True:
            piece = sock.recv(max(1, n - len(received)))
            if not piece:
                raise EOFError("too early")
            received += piece
            if len(received) >= n:
                return received
    finally:
        sending.join()
