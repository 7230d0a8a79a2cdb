"""Takes it for the end when nothing has come for a while.

caught by: test_it_sleeps_while_the_peer_is_silent
words: comes after a silence belongs to the stream
"""


def recv_all(sock):
    before = sock.gettimeout()
    sock.settimeout(0.2)
    data = b""
    try:
        while piece := sock.recv(1024):
            data += piece
    except TimeoutError:
        pass
    finally:
        sock.settimeout(before)
    return data
