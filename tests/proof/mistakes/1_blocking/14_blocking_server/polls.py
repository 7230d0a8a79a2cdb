"""Looks for clients now and then and sleeps in between, where nobody can wake it.

caught by: test_a_client_is_greeted_with_its_own_address
words: it sleeps in time.sleep(0.01)
"""

import codecs
import socket
import time


def serve(listener, show=print):
    listener.setblocking(False)
    while True:
        try:
            conn, (host, port) = listener.accept()
        except BlockingIOError:
            time.sleep(0.01)
            continue
        with conn:
            try:
                conn.sendall(f"welcome, {host} port {port}\n".encode())
                decoder = codecs.getincrementaldecoder("utf-8")("replace")
                while data := conn.recv(1024):
                    show(decoder.decode(data))
                show(decoder.decode(b"", True))
            except ConnectionError:
                pass


def talk(address, messages):
    with socket.create_connection(address) as client, client.makefile("rb") as reader:
        line = reader.readline()
        if not line.endswith(b"\n"):
            raise EOFError("half a greeting")
        for message in messages:
            client.sendall(message.encode())
    return line[:-1].decode()
