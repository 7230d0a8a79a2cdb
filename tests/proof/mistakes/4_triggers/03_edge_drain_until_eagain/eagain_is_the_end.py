"""Takes EAGAIN for the end of the stream.

caught by: test_nothing_there_is_not_the_end
words: your code took EAGAIN for the end: the peer has not ended the stream
"""


def read_on_edge(sock):
    data = b""
    try:
        while piece := sock.recv(4096):
            data += piece
    except BlockingIOError:
        pass
    return data, True
