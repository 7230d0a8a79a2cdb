"""Receives as much as there is and cuts it to n.

caught by: test_the_next_message_stays_in_the_kernel
words: your code took bytes of the next message out of the kernel
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        piece = sock.recv(1024)
        if not piece:
            raise EOFError
        data += piece
    return data[:n]
