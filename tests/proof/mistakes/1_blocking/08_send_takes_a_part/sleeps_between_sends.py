"""Naps while the buffers are full, where no room can wake it.

caught by: test_it_sleeps_in_the_kernel_while_the_peer_does_not_read
words: cannot be woken by a socket: wait in the call itself
"""

import time


def send_all(sock, data):
    before = sock.gettimeout()
    sock.setblocking(False)
    while data:
        try:
            data = data[sock.send(data) :]
        except BlockingIOError:
            time.sleep(0.01)
    sock.settimeout(before)
