"""Accepts and greets everybody at once: that is another model.

caught by: test_the_second_client_waits_until_the_first_has_left
words: your server called accept() again while the first client was there
"""

import codecs
import select
import socket


def serve(listener, show=print):
    clients = {}
    while True:
        for sock in select.select([listener, *clients], [], [])[0]:
            try:
                if sock is listener:
                    conn, (host, port) = listener.accept()
                    clients[conn] = codecs.getincrementaldecoder("utf-8")("replace")
                    conn.sendall(f"welcome, {host} port {port}\n".encode())
                    continue
                data = sock.recv(1024)
            except ConnectionError:
                data = b""
            show(clients[sock].decode(data, not data))
            if not data:
                sock.close()
                del clients[sock]


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
