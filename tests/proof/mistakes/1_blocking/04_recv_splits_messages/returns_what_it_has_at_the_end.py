"""Returns a part of the message when the stream ends.

caught by: test_an_end_in_the_middle_is_an_error
words: stream ended in the middle: fewer bytes than n are no message
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        piece = sock.recv(n - len(data))
        if not piece:
            break
        data += piece
    return data
