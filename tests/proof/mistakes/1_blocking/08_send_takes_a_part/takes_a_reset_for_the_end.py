"""Catches the error of a broken connection, and returns as if all were sent.

caught by: test_a_connection_that_breaks_half_way_is_an_error
words: connection broke half-way, and it looks as if all were sent
"""


def send_all(sock, data):
    try:
        while data:
            data = data[sock.send(data) :]
    except ConnectionError:
        return
