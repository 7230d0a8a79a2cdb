"""The HTTP server 7.2, run as people run it, answers clients that nobody here wrote: curl and wrk."""

from __future__ import annotations

import os
import random
import re
import socket
import subprocess
from collections.abc import Callable, Iterator

import pytest

from dojo.upkeep.served_program import Served, serving
from proof.tools import tool

Ran = subprocess.CompletedProcess[bytes]
Curl = Callable[..., Ran]
NOWHERE = f"-o{os.devnull}"
TEN_MB = random.Random(72).randbytes(10_000_000)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving("7.2") as running:
        yield running


def command(program: str) -> str:
    """Where a program is; the test is skipped where it is not."""
    return tool(program, "the HTTP server was not tried with it")


def curl_command(served: Served, *words: str) -> list[str]:
    """Words that begin with a slash are paths on the server; no file and no variable of the user's has a say."""
    urls = [f"http://127.0.0.1:{served.port}{word}" if word.startswith("/") else word for word in words]
    return [command("curl"), "-q", "-sS", "--noproxy", "127.0.0.1", "--max-time", "60", *urls]


@pytest.fixture
def curl(served: Served) -> Curl:
    """`curl(*words)` runs it to its end; its exit status must be 0, or the one that is given."""

    def run(*words: str, stdin: bytes = b"", status: int = 0) -> Ran:
        ran = subprocess.run(curl_command(served, *words), input=stdin, capture_output=True, timeout=90)
        assert ran.returncode == status, ran.stderr.decode()
        return ran

    return run


def heads(ran: Ran) -> list[str]:
    """The answers' first lines, as -v shows them."""
    return re.findall(r"^< (HTTP/\S+ \d+)", ran.stderr.decode(), re.MULTILINE)


def test_a_page_is_fetched(curl: Curl) -> None:
    ran = curl("-v", "/")
    assert heads(ran) == ["HTTP/1.1 200"]
    assert ran.stdout


def test_several_urls_take_one_connection(curl: Curl) -> None:
    urls = [word for path in ("/", "/bytes/5", "/nothing", "/bytes/70000") for word in (NOWHERE, path)]
    ran = curl("-w", "%{http_code} %{num_connects} %{size_download}\n", *urls)
    first, *others = ran.stdout.decode().splitlines()
    assert first.startswith("200 1 ")
    assert [line.rsplit(" ", 1)[0] for line in others] == ["200 0", "404 0", "200 0"]
    assert others[-1].endswith(" 70000")


def test_requests_in_one_pipe_are_all_answered(served: Served) -> None:
    count = 500
    request = b"GET /bytes/1000 HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as sock:
        sock.sendall(request * count + request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        came = b"".join(iter(lambda: sock.recv(65536), b""))
    assert came.count(b"HTTP/1.1 200 ") == count + 1
    assert came.endswith(bytes(1000))


def test_ten_megabytes_down(curl: Curl) -> None:
    assert len(curl("/bytes/10000000").stdout) == 10_000_000


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_ten_megabytes_up_and_back(curl: Curl, method: str) -> None:
    ran = curl("-v", "-X", method, "--data-binary", "@-", "/echo", stdin=TEN_MB)
    assert ran.stdout == TEN_MB
    assert heads(ran)[-1] == "HTTP/1.1 200"


def test_a_chunked_upload(curl: Curl) -> None:
    assert curl("-H", "Transfer-Encoding: chunked", "-T", "-", "/echo", stdin=TEN_MB).stdout == TEN_MB
    assert curl("-H", "Transfer-Encoding: chunked", "-T", "-", "/echo").stdout == b""


def test_the_interim_answer(curl: Curl) -> None:
    # curl waits for it a minute here, and no longer than the whole transfer may last.
    words = ("-v", "--expect100-timeout", "60", "-H", "Expect: 100-continue", "--data-binary", "@-", "/echo")
    for _ in range(2):
        ran = curl(*words, stdin=TEN_MB)
        assert heads(ran) == ["HTTP/1.1 100", "HTTP/1.1 200"]
        assert ran.stdout == TEN_MB


def test_a_body_that_is_too_long_is_not_even_sent(curl: Curl) -> None:
    words = ("-v", "-H", "Expect: 100-continue", "--expect100-timeout", "60", "--data-binary", "@-", "/echo")
    assert heads(curl(*words, stdin=bytes(17_000_000))) == ["HTTP/1.1 413"]


def test_a_head_without_its_body(curl: Curl) -> None:
    ran = curl("-I", "/bytes/70000", "/")
    assert ran.stdout.count(b"HTTP/1.1 200 ") == 2
    assert b"Content-Length: 70000\r\n" in ran.stdout


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["/nothing"], 404),
        (["/bytes/16777217"], 404),
        (["-X", "DELETE", "/"], 405),
        (["-d", "x", "/bytes/5"], 405),
        (["/echo"], 405),
        (["-X", "BREW", "/"], 501),
        (["-H", "Host:", "/"], 400),
        (["-H", "Transfer-Encoding: gzip", "-d", "x", "/echo"], 400),
        (["-H", "X-Long: " + "a" * 17000, "/"], 431),
        (["/" + "a" * 9000], 414),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_gets_its_status(curl: Curl, words: list[str], status: int) -> None:
    assert curl("-w", "\n%{http_code}", *words).stdout.decode().endswith(f"\n{status}")


def test_http_1_0_and_connection_close_end_the_connection(curl: Curl) -> None:
    for words in (["-0"], ["-H", "Connection: close"]):
        ran = curl(*words, "-w", "%{num_connects} ", NOWHERE, "/", NOWHERE, "/bytes/100000")
        assert ran.stdout == b"1 1 "


def test_a_proxy_gets_the_whole_url(curl: Curl, served: Served) -> None:
    # Nobody looks the name up: it goes to the proxy, and that is the server.
    ran = curl("--noproxy", "nobody", "-x", f"http://127.0.0.1:{served.port}", "http://katas.invalid/bytes/7")
    assert ran.stdout == bytes(7)


def test_who_speaks_another_protocol_is_told_at_once(curl: Curl, served: Served) -> None:
    assert curl("--http2", "/bytes/5").stdout == bytes(5)  # an offer, which may be ignored
    tried = subprocess.run(
        curl_command(served, f"https://127.0.0.1:{served.port}/"), capture_output=True, timeout=60
    )  # exit status and words are curl's own matter
    assert tried.returncode not in (0, 28)
    assert curl("/").stdout


def test_many_at_once(curl: Curl) -> None:
    ran = curl("-Z", "--parallel-max", "50", "-w", "%{http_code}\n", NOWHERE, "/bytes/[100000-100199]")
    assert ran.stdout.splitlines() == [b"200"] * 200


def test_who_hangs_up_half_way_leaves_the_others_alone(curl: Curl, served: Served) -> None:
    chunks = ["-H", "Transfer-Encoding: chunked", "-T", "-", "/echo"]
    for words in (["/bytes/16777216"], chunks):
        with subprocess.Popen(
            curl_command(served, "-N", *words), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as running:
            assert running.stdin is not None and running.stdout is not None
            if words == chunks:
                running.stdin.write(TEN_MB)
            else:
                assert len(running.stdout.read(1000)) == 1000
            running.kill()
    assert curl("/bytes/5").stdout == bytes(5)


def test_two_hundred_connections_without_an_error(served: Served) -> None:
    words = [command("wrk"), "-c", "200", "-t", "2", "-d", "1s", f"http://127.0.0.1:{served.port}/"]
    ran = subprocess.run(words, capture_output=True, timeout=60, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "Socket errors" not in ran.stdout and "Non-2xx" not in ran.stdout, ran.stdout
    found = re.search(r"(\d+) requests in", ran.stdout)
    assert found and int(found[1]) > 200, ran.stdout
