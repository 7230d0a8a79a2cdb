"""Returns the bytearray in which it collected.

caught by: test_a_fin_is_an_eof
words: your code returned another type than bytes
"""


def read_to_end(sock):
    data = bytearray()
    try:
        while piece := sock.recv(4096):
            data += piece
    except ConnectionResetError:
        return data, "reset"
    return data, "eof"
