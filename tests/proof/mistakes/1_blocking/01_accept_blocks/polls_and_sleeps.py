"""Looks again and again, asleep in between, where nobody can wake it.

caught by: test_it_sleeps_in_the_kernel_until_somebody_connects
words: time.sleep() cannot be woken by a socket
"""

import time


def serve_one(listener, greeting):
    listener.setblocking(False)
    while True:
        try:
            conn, address = listener.accept()
            break
        except BlockingIOError:
            time.sleep(0.1)
    with conn:
        conn.sendall(greeting)
    return address
