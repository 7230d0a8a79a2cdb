"""Takes it that one send takes everything, as the document's programs do.

caught by: test_the_rest_is_sent_too
words: send() took 10 of 15 bytes, and the rest was never sent
"""


def send_all(sock, data):
    sock.send(data)
