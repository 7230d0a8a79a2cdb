"""Goes on after the empty bytes, until an exception comes: after a FIN there is none.

caught by: test_a_fin_is_an_eof
words: a busy loop
"""


def read_to_end(sock):
    data = b""
    try:
        while True:
            data += sock.recv(4096)
    except ConnectionResetError:
        return data, "reset"
    except OSError:
        return data, "eof"
