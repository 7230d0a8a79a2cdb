"""It calls itself for the rest after each partial send, so a thousand partial sends end in a RecursionError.

caught by: test_a_message_may_need_any_number_of_sends
words: your code raised RecursionError
"""

import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    if data:
        sent = sock.send(data)
        send_all(sock, memoryview(data)[sent:])
