"""Returns None for b"": the caller waits for ever on a stream that has ended.

caught by: test_the_end_is_empty_bytes_and_ends_the_wait
words: peer has ended the stream: that is not silence
"""


def recv_within(sock, n, seconds):
    before = sock.gettimeout()
    sock.settimeout(seconds)
    try:
        return sock.recv(n) or None
    except (TimeoutError, BlockingIOError):
        return None
    finally:
        sock.settimeout(before)
