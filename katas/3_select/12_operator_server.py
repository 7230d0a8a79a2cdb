r"""3.12 operator server

A person answers many clients, and the keyboard is one more descriptor: select()
waits for the listener, all connections and the person, and nobody for anybody.

The program below set out to be that, and is wrong in several places. Fix it:
serve(listener, operator, show). A line ends with "\n" and with nothing else; its
text is UTF-8, and bytes that are none count as U+FFFD. Each whole line of a
client is shown once, as "HOST port PORT: LINE", without its newline, under the
client's own address, also before a reset. Half a line before an end is a line.
Send each line that the operator types, with its newline, to the client whose
line has waited longest for an answer: one line for one line. With nobody to
answer, show "nobody is waiting for an answer", and drop what was typed. Show and
send nothing else. Close a client that has ended or reset; its lines need no answer
any more. Skip one that was gone before accept() returned (ECONNABORTED). One that
is silent or does not read, and an operator who stops in the middle of a line,
hold up nobody. What a client has no room for follows when it has.
When the operator's input ends serve() returns. Then, and when an error that is
no client's propagates, all connections are closed; listener and operator are open
and in the mode in which they came.

ask(address, lines) is a client: it connects once, sends a line, and waits for its
whole answer. It sends no empty line: the answer to that is "". A server that ends
too early is an EOFError.
Document: program 4, both sides. Talk to yours: make run K=3.12, and two nc.
"""

import os
import select
import socket
import sys
from collections.abc import Callable, Iterable
from typing import TextIO


def serve(
    listener: socket.socket, operator: int | socket.socket | TextIO = sys.stdin, show: Callable[[str], None] = print
) -> None:
    """Show what clients say, and send them what the operator types, until the operator's input ends.

    `operator` is a readable descriptor or something with a fileno(). Raises
    OSError if accept() fails, and whatever `show` raises.
    """
    keyboard = operator if isinstance(operator, int) else operator.fileno()
    watched = [listener]
    while True:
        readable, _, _ = select.select(watched, [], [])
        for sock in readable:
            if sock is listener:
                conn, (host, port) = listener.accept()
                watched.append(conn)
            else:
                text = sock.recv(1024).decode()
                show(f"{host} port {port}: {text.removesuffix(chr(10))}")
                sock.sendall(os.read(keyboard, 1024))


def ask(address: tuple[str, int], lines: Iterable[str]) -> list[str]:
    """Ask the server at `address` one line after the other, and wait for the whole answer to each.

    Lines and answers are without their newlines; the answer to an empty line is
    "". Raises ConnectionRefusedError if nobody listens there, EOFError if the
    server ends before an answer is whole, and OSError for other failures; no
    socket is left open.
    """
    client = socket.create_connection(address)
    answers = []
    for line in lines:
        client.send(line.encode())
        answers.append(client.recv(1024).decode())
    return answers
