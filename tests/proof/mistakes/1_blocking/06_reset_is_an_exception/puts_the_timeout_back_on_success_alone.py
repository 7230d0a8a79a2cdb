"""Takes the caller's timeout away, and puts it back after an orderly end alone.

caught by: test_the_socket_comes_back_as_it_was
words: your code left the socket in another mode
"""


def read_to_end(sock):
    before = sock.gettimeout()
    sock.settimeout(None)
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except ConnectionResetError:
        return data, "reset"
    sock.settimeout(before)
    return data, "eof"
