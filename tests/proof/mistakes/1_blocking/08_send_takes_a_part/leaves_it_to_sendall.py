"""Calls sendall and learns nothing.

caught by: test_the_rest_is_sent_too
words: sendall() does the work that this kata is about
"""


def send_all(sock, data):
    sock.sendall(data)
