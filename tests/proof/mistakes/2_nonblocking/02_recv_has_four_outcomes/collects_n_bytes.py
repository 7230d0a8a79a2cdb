"""Goes on until n bytes have arrived: a shorter message is never returned.

caught by: test_data_is_returned
words: a busy loop
"""


def try_recv(sock, n):
    data = b""
    while len(data) < n:
        try:
            piece = sock.recv(n - len(data))
        except BlockingIOError:
            if not data:
                return None
            continue
        if not piece:
            break
        data += piece
    return data
