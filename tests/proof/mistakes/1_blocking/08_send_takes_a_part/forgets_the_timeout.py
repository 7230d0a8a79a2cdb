"""Sets a mode of its own, to be sure, and leaves it.

caught by: test_the_socket_keeps_its_timeout
words: changed the caller's timeout or mode
"""


def send_all(sock, data):
    sock.setblocking(True)
    while data:
        data = data[sock.send(data) :]
