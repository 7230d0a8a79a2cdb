"""Tries again and again while the buffers are full.

caught by: test_it_sleeps_in_the_kernel_while_the_peer_does_not_read
words: a busy loop
"""


def send_all(sock, data):
    before = sock.gettimeout()
    sock.setblocking(False)
    while data:
        try:
            data = data[sock.send(data) :]
        except BlockingIOError:
            pass
    sock.settimeout(before)
