"""Goes on reading until it has n bytes.

caught by: test_bytes_that_are_there_are_returned_at_once
words: still blocked in sock.recv(98)
"""


def recv_within(sock, n, seconds):
    before = sock.gettimeout()
    sock.settimeout(seconds)
    data = b""
    try:
        while len(data) < n:
            piece = sock.recv(n - len(data))
            data += piece
            if not piece:
                break
        return data
    except (TimeoutError, BlockingIOError):
        return data or None
    finally:
        sock.settimeout(before)
