"""Closes the socket at the end of the stream, though only one direction has ended.

caught by: test_an_end_without_bytes_is_an_end
words: your code closed the caller's socket, who may still want to send
"""


def read_on_edge(sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except BlockingIOError:
        return data, False
    sock.close()
    return data, True
