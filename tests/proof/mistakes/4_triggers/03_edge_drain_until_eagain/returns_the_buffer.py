"""Returns the bytearray in which it collected the pieces.

caught by: test_the_bytes_of_an_edge_are_read
words: your code did not return a bytes object as data
"""


def read_on_edge(sock):
    data = bytearray()
    try:
        while piece := sock.recv(4096):
            data += piece
    except BlockingIOError:
        return data, False
    return data, True
