"""Accepts in the parent and forks a process for each client: there are as many processes as clients.

caught by: test_each_client_is_served_by_one_of_the_workers
words: clients were dealt out to more processes than there should be workers
"""

import os
import select
import signal
import socket
import threading


def talk(conn):
    with conn, conn.makefile("rwb") as file:
        try:
            for line in file:
                file.write(b"%d " % os.getpid() + line)
                file.flush()
        except OSError:
            pass


def work(listener):
    listener.setblocking(True)
    while True:
        threading.Thread(target=talk, args=(listener.accept()[0],), daemon=True).start()


def serve(listener, stop, workers=2):
    pids = []
    while stop not in select.select([listener, stop], [], [])[0]:
        conn, _ = listener.accept()
        pid = os.fork()
        if pid == 0:
            try:
                talk(conn)
            finally:
                os._exit(0)
        pids.append(pid)
        conn.close()
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
