"""Wants the peer to confirm each message before it counts it: a peer that only reads never does.

caught by: test_a_peer_that_reads_gets_every_message
words: still blocked in sock.recv(
"""


def deliver(sock, messages):
    taken = 0
    for message in messages:
        try:
            sock.sendall(message)
            if not sock.recv(1):
                break
        except (BrokenPipeError, ConnectionResetError):
            break
        taken += 1
    return taken
