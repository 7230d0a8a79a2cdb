r"""3.12 operator server

A person answers many clients, and the keyboard is one more descriptor. So one select()
waits for the listener, all connections and the person, and nobody holds up the others.

The program below is wrong in several places. Fix serve(listener, operator, show):
- A line ends with "\n" and with nothing else. Its text is UTF-8; invalid bytes count
  as U+FFFD. Half a line before an end is a line.
- Show each whole line of a client once, as "HOST port PORT: LINE", without its newline,
  with the client's own address, also before a reset.
- Send each line that the operator types, with its newline, to the client whose line
  has waited longest for an answer: one line answers one line. With nobody to answer,
  show "nobody is waiting for an answer" and drop what was typed.
- Show and send nothing else. Send what a client has no room for when it has room.
- A client that is silent or does not read, and an operator who stops in mid-line, hold
  up nobody. Skip a client that was gone before accept() returned (ECONNABORTED).
- Close a client that has ended or reset. Its lines need no answer any more.
- Return when the operator's input ends. Then, and when an error that is not a client's
  propagates, close all connections. Leave listener and operator open, in their modes.
ask(address, lines), a client: connect once. Send a line, wait for its whole answer, then
send the next. Do not send an empty line: its answer is "". Raise EOFError if the server
ends too early.
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
