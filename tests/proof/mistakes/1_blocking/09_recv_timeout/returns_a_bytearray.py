"""Returns the buffer that it read into.

caught by: test_bytes_that_are_there_are_returned_at_once
words: did not return them as bytes
"""


def recv_within(sock, n, seconds):
    before = sock.gettimeout()
    sock.settimeout(seconds)
    data = bytearray(n)
    try:
        del data[sock.recv_into(data) :]
        return data
    except (TimeoutError, BlockingIOError):
        return None
    finally:
        sock.settimeout(before)
