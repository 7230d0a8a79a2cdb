"""It slices at the size of the last send, not at the sum of all, so from the third call on it sends bytes again.

caught by: test_a_message_may_need_any_number_of_sends
words: The kernel took one byte a send, and your code stopped before the end
"""

import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    left = len(data)
    sent = 0
    while left > 0:
        sent = sock.send(data[sent : sent + left])
        left -= sent
