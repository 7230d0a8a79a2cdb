"""Catches the error of a broken connection, and returns as if all were sent.

caught by: test_an_error_of_any_send_propagates
words: a send failed, and your code did not tell the caller
breaks: 4
"""


def send_all(sock, data):
    try:
        while data:
            data = data[sock.send(data) :]
    except ConnectionError:
        return
