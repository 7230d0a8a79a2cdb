"""What to talk to a program with: the client that it is made for, if it is installed, or else what is.

telnet is not among them: it ends its lines with CR LF, and takes some bytes for commands.
"""

from __future__ import annotations

import shlex
import shutil
import sys

from dojo.core.places import Kata

# Both directions at once, as in nc: what is typed is sent, what comes is shown, and the end is passed on.
TALK = (
    "import os,signal,socket,threading;signal.signal(2,signal.SIG_DFL);"
    's=socket.create_connection(("{host}",{port}));'
    'send=lambda:[*map(s.sendall,iter(lambda:os.read(0,8192),b"")),s.shutdown(1)];'
    "threading.Thread(target=send,daemon=True).start();"
    '[os.write(1,data)for data in iter(lambda:s.recv(8192),b"")]'
)
GET = (
    'import http.client;c=http.client.HTTPConnection("{host}",{port});c.request("GET","/");'
    "print(c.getresponse().read().decode())"
)
PYTHON = "python3"
Ways = tuple[tuple[str, str], ...]  # a program, and how to call it; Python, which is there, comes last
LINES: Ways = (("nc", "nc {host} {port}"), ("ncat", "ncat {host} {port}"), (PYTHON, TALK))
# By what a kata is for, as its name says: http_for_curl.
PROTOCOLS: dict[str, Ways] = {
    "curl": (("curl", "curl -v http://{host}:{port}/"), (PYTHON, GET)),
    "redis_cli": (("redis-cli", "redis-cli -h {host} -p {port}"), *LINES),  # it takes lines of words, too
}


def to_talk(kata: Kata, host: str, port: int) -> list[str]:
    """Two lines: where to talk to a program, and the command, which can be pasted."""
    ways = PROTOCOLS.get(kata.name.rpartition("_for_")[2], LINES)
    fitting = ways[0][0]
    program, how = next((name, how) for name, how in ways if name == PYTHON or shutil.which(name))
    line = how.format(host=host, port=port)
    if program == PYTHON:
        # -I: no module of the directory in which it is pasted stands in for Python's own.
        python = PYTHON if shutil.which(PYTHON) else shlex.quote(sys.executable)
        line = f"{python} -I -c {shlex.quote(line)}"
    instead = "" if program == fitting else f" ({fitting} is not installed here)"
    return [f"talk to it from another terminal{instead}:", f"  {line}"]
