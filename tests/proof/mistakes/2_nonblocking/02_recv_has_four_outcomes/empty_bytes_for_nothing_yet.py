"""Returns b'' when nothing has come, which is what the end looks like.

caught by: test_nothing_has_come_yet
words: nothing had arrived, and your function did not return None
breaks: 2
"""


def try_recv(sock, n):
    try:
        return sock.recv(n)
    except BlockingIOError:
        return b""
