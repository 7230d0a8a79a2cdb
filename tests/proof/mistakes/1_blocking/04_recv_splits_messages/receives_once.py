"""Takes it that recv(n) returns n bytes.

caught by: test_a_message_larger_than_the_buffers_arrives_whole
words: your code returned a part of the message
"""


def recv_exactly(sock, n):
    data = sock.recv(n)
    if n and not data:
        raise EOFError
    return data
