"""Takes what one recv() brings for the answer.

caught by: test_the_client_waits_for_each_whole_answer
words: your ask() asked on before the whole answer had come
"""

import socket


def ask(address, lines):
    answers = []
    with socket.create_connection(address) as client:
        for line in lines:
            if not line:
                answers.append("")
                continue
            client.sendall(line.encode() + b"\n")
            data = client.recv(65536)
            if not data:
                raise EOFError
            answers.append(data.decode().removesuffix("\n"))
    return answers
