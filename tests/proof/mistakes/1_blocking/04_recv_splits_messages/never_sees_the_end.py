"""Does not know what an empty piece means.

caught by: test_an_end_in_the_middle_is_an_error
words: busy loop
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        data += sock.recv(n - len(data))
    return data
