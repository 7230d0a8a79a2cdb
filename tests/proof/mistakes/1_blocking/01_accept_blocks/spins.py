"""Looks again and again without a pause.

caught by: test_it_sleeps_in_the_kernel_until_somebody_connects
words: a busy loop
"""


def serve_one(listener, greeting):
    listener.setblocking(False)
    while True:
        try:
            conn, address = listener.accept()
            break
        except BlockingIOError:
            pass
    with conn:
        conn.sendall(greeting)
    return address
