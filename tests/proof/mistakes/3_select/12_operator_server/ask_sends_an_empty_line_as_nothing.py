"""Sends no bytes for an empty line, and waits for the answer.

caught by: test_the_client_waits_for_each_whole_answer
words: your ask() waited for an answer, and had asked nothing
"""

import socket


def ask(address, lines):
    answers = []
    with socket.create_connection(address) as client, client.makefile("rb") as file:
        for line in lines:
            client.sendall(line.encode() + b"\n" if line else b"")
            answer = file.readline()
            if not answer.endswith(b"\n"):
                raise EOFError
            answers.append(answer[:-1].decode())
    return answers
