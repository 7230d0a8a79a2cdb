"""Gives the peer a millisecond each time: a thousand quiet sockets take a second.

caught by: test_it_answers_at_once
words: your code waited for data, and should have returned at once
"""


def try_recv(sock, n):
    sock.settimeout(0.001)
    try:
        return sock.recv(n)
    except TimeoutError:
        return None
    finally:
        sock.settimeout(0)
