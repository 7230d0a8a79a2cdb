"""Makes the listener non-blocking for the call: it never waits, whatever the caller had asked for.

caught by: test_a_listener_with_a_timeout_waits_for_so_long
words: your code did not wait for as long as the listener's timeout
"""


def accept_nonblocking(listener):
    before = listener.gettimeout()
    listener.setblocking(False)
    try:
        conn, address = listener.accept()
    finally:
        listener.settimeout(before)
    conn.setblocking(False)
    return conn, address
