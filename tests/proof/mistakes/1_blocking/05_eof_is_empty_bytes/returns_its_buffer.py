"""Returns the bytearray in which it collected.

caught by: test_what_is_queued_comes_before_the_end
words: your code returned another type than bytes
"""


def recv_all(sock):
    data = bytearray()
    while piece := sock.recv(1024):
        data += piece
    return data
