"""Returns b"" on a timeout: the caller takes silence for the end.

caught by: test_silence_is_none
words: b"" means the end, and silence is None
"""


def recv_within(sock, n, seconds):
    before = sock.gettimeout()
    sock.settimeout(seconds)
    try:
        return sock.recv(n)
    except (TimeoutError, BlockingIOError):
        return b""
    finally:
        sock.settimeout(before)
