"""Calls sendall and learns nothing.

caught by: test_nothing_but_send_sends
words: your code sent with another call than sock.send()
breaks: 2
"""


def send_all(sock, data):
    sock.sendall(data)
