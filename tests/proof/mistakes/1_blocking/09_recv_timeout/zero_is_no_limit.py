"""Takes 0 seconds for "no limit".

caught by: test_zero_seconds_look_once
words: still blocked in sock.recv(100)
"""


def recv_within(sock, n, seconds):
    before = sock.gettimeout()
    sock.settimeout(seconds or None)
    try:
        return sock.recv(n)
    except TimeoutError:
        return None
    finally:
        sock.settimeout(before)
