"""Reads with a timeout and takes its expiry for the end of the stream.

caught by: test_it_sleeps_while_nothing_comes
words: drain_level() did not wait
"""


def drain_level(sock, size):
    sock.settimeout(0.01)
    pieces = [b"?"]
    try:
        while pieces[-1]:
            pieces.append(sock.recv(size))
    except TimeoutError:
        pieces.append(b"")
    finally:
        sock.settimeout(None)
    return pieces[1:]
