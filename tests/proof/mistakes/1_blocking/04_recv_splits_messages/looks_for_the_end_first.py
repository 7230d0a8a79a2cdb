"""Looks whether the peer has hung up before it takes the bytes that came.

caught by: test_an_end_right_behind_the_message_does_not_spoil_it
words: message was complete when the stream ended
"""

import select


def recv_exactly(sock, n):
    data = b""
    poll = select.poll()
    poll.register(sock, select.POLLIN | select.POLLRDHUP)
    while len(data) < n:
        if poll.poll()[0][1] & (select.POLLRDHUP | select.POLLHUP):
            raise EOFError
        data += sock.recv(n - len(data))
    return data
