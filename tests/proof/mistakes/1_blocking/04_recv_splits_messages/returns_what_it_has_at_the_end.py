"""Returns a part of the message when the stream ends.

caught by: test_an_end_in_the_middle_is_an_error
words: the stream ended in the middle of the message, and your code did not say so
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        piece = sock.recv(n - len(data))
        if not piece:
            break
        data += piece
    return data
