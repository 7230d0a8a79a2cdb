"""The reference of 7.3, run as people run it, serves clients that nobody here wrote: redis-cli and redis-benchmark."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator

import pytest

from dojo.upkeep.served_program import serving
from proof.tools import tool

Client = Callable[..., "subprocess.CompletedProcess[bytes]"]
NO_TEXT = bytes(range(256)) * 40 + b"\r\n*1\r\n$4\r\nQUIT\r\n"
REQUESTS = 20_000


@pytest.fixture
def client() -> Iterator[Client]:
    """`client("redis-cli", ...)` runs a program with a server of its own to talk to, the same one in a test."""
    with serving("7.3") as served:

        def run(program: str, *arguments: str, said: bytes = b"") -> subprocess.CompletedProcess[bytes]:
            path = tool(program, "the server of 7.3 was not tried with it")
            command = [path, "-h", "127.0.0.1", "-p", str(served.port), *arguments]
            return subprocess.run(command, input=said, capture_output=True, timeout=60)

        yield run


@pytest.fixture
def cli(client: Client) -> Callable[..., bytes]:
    """`cli(...)` is what redis-cli prints, with these arguments and, if anything is `said`, that on its input."""

    def run(*arguments: str, said: bytes = b"") -> bytes:
        ran = client("redis-cli", *arguments, said=said)
        assert (ran.returncode, ran.stderr) == (0, b"")
        return ran.stdout

    return run


def test_redis_cli_with_arguments(cli: Callable[..., bytes]) -> None:
    assert cli("PING") == b"PONG\n"
    assert cli("ECHO", "two words") == b"two words\n"
    assert cli("SET", "key", "41") == b"OK\n"
    assert cli("INCR", "key") == b"42\n"
    assert cli("GET", "key") == b"42\n"
    assert cli("EXISTS", "key", "no", "key") == b"2\n"
    assert cli("DEL", "key") == b"1\n"
    assert cli("GET", "key") == b"\n"
    assert cli("GET").startswith(b"ERR wrong number of arguments")
    assert cli("HELLO").startswith(b"ERR unknown command")


def test_redis_cli_with_values_that_are_no_text(cli: Callable[..., bytes]) -> None:
    assert cli("-x", "SET", "key", said=NO_TEXT) == b"OK\n"
    assert cli("GET", "key") == NO_TEXT + b"\n"
    assert cli("-x", "ECHO", said=NO_TEXT) == NO_TEXT + b"\n"
    assert cli("-x", "SET", "key", said=bytes(1024 * 1024)) == b"OK\n"
    assert cli("GET", "key") == bytes(1024 * 1024) + b"\n"


def test_redis_cli_with_commands_on_its_input(cli: Callable[..., bytes]) -> None:
    said = b"PING\nSET key 'a b'\n\nGET key\nNONSENSE\nINCR n\nECHO \"\\x00\\xff\"\n"
    printed = cli(said=said)
    assert printed.startswith(b"PONG\nOK\na b\nERR unknown command 'NONSENSE'\n")
    assert printed.endswith(b"\n1\n\x00\xff\n")


def test_redis_cli_with_a_number_of_a_database(cli: Callable[..., bytes]) -> None:
    assert cli("-n", "3", "SET", "key", "x") == b"OK\n"
    assert cli("-n", "3", "GET", "key") == b"x\n"
    assert cli("-n", "3", said=b"GET key\n") == b"x\n"


def test_redis_cli_repeats_itself(cli: Callable[..., bytes]) -> None:
    assert cli("-r", "100", "INCR", "n") == b"".join(b"%d\n" % number for number in range(1, 101))


@pytest.mark.parametrize("line", [b"SET key%d %d\r\n", b"*3\r\n$3\r\nSET\r\n$7\r\nk%06d\r\n$6\r\n%06d\r\n"])
def test_redis_cli_pipes_twenty_thousand_commands(cli: Callable[..., bytes], line: bytes) -> None:
    said = b"".join(line % (number, number) for number in range(REQUESTS))
    assert cli("--pipe", said=said).endswith(b"errors: 0, replies: %d\n" % REQUESTS)


def test_redis_benchmark_gets_every_answer(client: Client) -> None:
    ran = client("redis-benchmark", "-t", "ping,set,get", "-P", "16", "-n", str(REQUESTS), "--csv")
    assert ran.returncode == 0
    printed = (ran.stdout + ran.stderr).decode()
    assert "error" not in printed.casefold()
    # It ends a row when the last answer has come.
    rows = [row.split(",")[0] for row in printed.splitlines() if row.startswith('"')]
    assert rows[1:] == ['"PING_INLINE"', '"PING_MBULK"', '"SET"', '"GET"']


def test_redis_benchmark_with_large_values_and_many_clients(client: Client) -> None:
    ran = client("redis-benchmark", "-t", "set,get", "-c", "200", "-d", "10000", "-P", "16", "-n", "5000", "-q")
    assert ran.returncode == 0
    assert b"error" not in (ran.stdout + ran.stderr).lower()
    assert ran.stdout.count(b"requests per second") == 2
