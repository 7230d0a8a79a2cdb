"""Puts the blocking mode back, and not the timeout: a socket with a timeout becomes a blocking one.

caught by: test_the_socket_keeps_its_timeout
words: changed the caller's timeout or mode
breaks: 5
"""


def send_all(sock, data):
    blocking = sock.getblocking()
    try:
        while data:
            data = data[sock.send(data) :]
    finally:
        sock.setblocking(blocking)
