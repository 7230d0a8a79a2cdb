"""Takes it for the end when nothing has come for ten seconds.

caught by: test_it_sleeps_while_the_peer_is_silent
words: the peer may be silent for as long as it likes, and your code limited the wait
"""


def recv_all(sock):
    before = sock.gettimeout()
    if before is None:
        sock.settimeout(10)
    data = b""
    try:
        while piece := sock.recv(1024):
            data += piece
    except TimeoutError as error:
        if before is not None or error.errno:
            raise
    finally:
        sock.settimeout(before)
    return data
