"""Keeps one decoder for all clients: half a character waits for the next client.

caught by: test_invalid_utf8_is_replaced
words: half a character of one client together
"""

import codecs
import socket


def serve(listener, show=print):
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        conn, (host, port) = listener.accept()
        with conn:
            try:
                conn.sendall(f"welcome, {host} port {port}\n".encode())
                while data := conn.recv(1024):
                    show(decoder.decode(data))
            except ConnectionError:
                pass


def talk(address, messages):
    with socket.create_connection(address) as client, client.makefile("rb") as reader:
        line = reader.readline()
        if not line.endswith(b"\n"):
            raise EOFError("half a greeting")
        for message in messages:
            client.sendall(message.encode())
        client.shutdown(socket.SHUT_WR)
        reader.read()
    return line[:-1].decode()
