"""Makes the socket blocking to be rid of EAGAIN, and sleeps behind the last byte.

caught by: test_the_bytes_of_an_edge_are_read
words: still blocked in sock.recv(4096)
"""


def read_on_edge(sock):
    sock.setblocking(True)
    data = b""
    while piece := sock.recv(4096):
        data += piece
    return data, True
