"""Takes what one recv returns for the whole answer.

caught by: test_a_peer_that_reads_everything_before_it_sends
words: your code did not return the reply as it was
"""

import threading


def exchange(sock, data, n):
    sending = threading.Thread(target=sock.sendall, args=(data,))
    sending.start()
    received = sock.recv(n)
    sending.join()
    return received
