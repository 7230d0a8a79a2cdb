"""Returns the bytearray that it collected in.

caught by: test_a_message_larger_than_the_buffers_arrives_whole
words: your code returned another type than bytes
"""


def recv_exactly(sock, n):
    data = bytearray()
    while len(data) < n:
        piece = sock.recv(n - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data
