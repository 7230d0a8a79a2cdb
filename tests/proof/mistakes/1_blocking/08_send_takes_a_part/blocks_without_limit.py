"""Makes the socket blocking while it sends: the caller's timeout does not count.

caught by: test_a_timeout_propagates_at_once
words: still blocked in sock.send(
"""


def send_all(sock, data):
    before = sock.gettimeout()
    sock.setblocking(True)
    try:
        while data:
            data = data[sock.send(data) :]
    finally:
        sock.settimeout(before)
