"""Reads a byte at a time from each client: what two of them say at once is shown letter by letter in turn."""

import codecs
import socket
import time
from collections.abc import Callable


class Client:
    def __init__(self, conn, greeting):
        self.conn = conn
        self.out = bytearray(greeting)
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    mode = listener.gettimeout()
    clients = []
    try:
        listener.setblocking(False)
        while True:
            progress = False
            try:
                conn, (host, port) = listener.accept()
            except BlockingIOError:
                pass
            except ConnectionAbortedError:
                progress = True
            else:
                progress = True
                client = Client(conn, f"welcome, {host} port {port}\n".encode())
                clients.append(client)
                conn.setblocking(False)
            for client in clients[:]:
                try:
                    if client.out:
                        try:
                            n = client.conn.send(client.out)
                            del client.out[:n]
                            progress = True
                        except BlockingIOError:
                            pass
                    try:
                        data = client.conn.recv(1)
                    except BlockingIOError:
                        continue
                except OSError:
                    client.conn.close()
                    clients.remove(client)
                    progress = True
                    continue
                progress = True
                text = client.decoder.decode(data, not data)
                if text:
                    show(text)
                if not data:
                    client.conn.close()
                    clients.remove(client)
            if not progress:
                time.sleep(0.01)
    finally:
        for client in clients:
            client.conn.close()
        listener.settimeout(mode)
