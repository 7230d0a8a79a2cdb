"""Returns the buffer it read into.

caught by: test_data_is_returned
words: your function returned another type than bytes
"""


def try_recv(sock, n):
    data = bytearray(n)
    try:
        size = sock.recv_into(data)
    except BlockingIOError:
        return None
    return data[:size]
