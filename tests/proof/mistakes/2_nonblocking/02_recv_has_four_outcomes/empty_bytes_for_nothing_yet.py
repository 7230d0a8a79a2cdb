"""Returns b'' when nothing has come, which is what the end looks like.

caught by: test_nothing_has_come_yet
words: None: no error, and not the end either
"""


def try_recv(sock, n):
    try:
        return sock.recv(n)
    except BlockingIOError:
        return b""
