"""Tries once more, and takes that for enough.

caught by: test_a_message_larger_than_the_buffers_arrives_whole
words: your code returned a part of the message
"""


def recv_exactly(sock, n):
    data = sock.recv(n)
    if len(data) < n:
        data += sock.recv(n - len(data))
    if n and not data:
        raise EOFError
    return data
