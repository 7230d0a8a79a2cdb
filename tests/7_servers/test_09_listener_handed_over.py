"""7.9: a listener that is handed over is the same queue in another process, and nothing else comes along."""

import contextlib
import os
import socket
import tempfile
from pathlib import Path

import pytest

from dojo.suite import (
    Finding,
    descriptors,
    hints,
    is_nonblocking,
    raises_errno,
    read_to_end,
    unread,
    wait_queued,
    wait_until,
)

SENDERS_OWN = "your code closed the sender's copy, which is its owner's"
NO_LISTENER = "what came was not a listener, and the caller never finds out"


@pytest.fixture
def channel(unix_pair, tape):
    """The two ends of a channel: the old process sends on the one, the new one receives on the other."""
    old, new = unix_pair
    tape.label(old, "old")
    tape.label(new, "new")
    return old, new


@pytest.fixture
def hand_over(kata, channel, keep):
    """`hand_over(listener)` sends it and receives it; what arrives is closed when the test is over."""
    old, new = channel

    def both(listener):
        kata.send_listener(old, listener)
        if not carried(new):
            raise Finding("your code sent nothing: a descriptor needs a byte to go with", "one byte", "none")
        assert listener.fileno() != -1, SENDERS_OWN
        return keep(kata.receive_listener(new))

    return both


def carried(channel):
    """Whether something has come on a channel."""
    return unread(channel) > 0


@hints(
    "A number means nothing to another process. What does the kernel translate on its way?",
    "SCM_RIGHTS: socket.send_fds() and socket.recv_fds(), and socket.socket(fileno=...) round what has come.",
)
def test_it_is_the_same_queue(hand_over, listener, connect, keep):
    client = connect(listener)
    wait_queued(listener, 1)
    received = hand_over(listener)
    address = listener.getsockname()
    assert received.fileno() != listener.fileno(), (
        "your code returned the sender's own descriptor, and not one of the receiver's"
    )
    listener.close()
    # The old copy is closed. Clients that had connected before the hand-over are still in the queue.
    assert received.getsockname() == address, "the received listener did not listen where it did before"
    received.setblocking(False)
    conn = keep(received.accept()[0])
    assert conn.getpeername() == client.getsockname(), (
        "a client had connected before, and the new owner did not accept it"
    )


@hints(
    "The old process ends at once. Where is the listener, while nobody has received it?",
    "On its way, in the channel, and open: send_listener() has nothing to wait for.",
)
def test_the_old_copy_may_be_closed_before_it_is_received(kata, channel, listener, connect, keep):
    old, new = channel
    early = connect(listener)
    kata.send_listener(old, listener)
    assert listener.fileno() != -1, SENDERS_OWN
    late = connect(listener)
    wait_queued(listener, 2)
    listener.close()
    old.close()
    # Nobody but the channel has the listener now.
    received = keep(kata.receive_listener(new))
    received.setblocking(False)
    for client in (early, late):
        conn = keep(received.accept()[0])
        assert conn.getpeername() == client.getsockname(), "a connection was lost on the way"


@hints(
    "Does your way work when the receiver is another process?",
    "What is sent has to be the descriptor itself, as ancillary data, and not its number.",
)
def test_another_process_serves_clients_that_had_connected(kata, channel, listener, connect):
    old, new = channel
    client = connect(listener)
    pid = os.fork()
    if pid == 0:
        # The new process has nothing but its end of the channel.
        with contextlib.suppress(BaseException):
            listener.close(), old.close(), client.close()
            conn, _ = kata.receive_listener(new).accept()
            conn.sendall(b"%d" % os.getpid())
        os._exit(0)
    kata.send_listener(old, listener)
    listener.close()
    old.close()
    try:
        answer = read_to_end(client)
    except ConnectionError as error:
        raise Finding("a connected client was reset", "an answer of the new process", type(error).__name__) from error
    os.waitpid(pid, 0)
    assert answer == b"%d" % pid, "a client had connected before the hand-over, and the new process did not serve it"


@hints(
    "Whose is the listener after send_listener()?",
    "The sender's, as before: it has sent a copy. When to close it is its owner's business.",
)
def test_the_senders_copy_stays_as_it_was(kata, channel, listener, connect):
    old, new = channel
    fd = listener.fileno()
    kata.send_listener(old, listener)
    assert listener.fileno() == fd, SENDERS_OWN
    data, received, _, _ = socket.recv_fds(new, 100, 4)
    for number in received:
        os.close(number)
    assert (len(data), len(received)) == (1, 1), "your code did not send one byte, and one descriptor with it"
    connect(listener)
    wait_queued(listener, 1)


@hints(
    "How many bytes do you take from the channel, and whose are the others?",
    "One listener is one byte: recv_fds(channel, 1, 1).",
)
def test_one_call_is_one_listener(kata, channel, listener, keep):
    old, new = channel
    second = keep(socket.create_server(("127.0.0.1", 0)))
    for one in (listener, second):
        kata.send_listener(old, one)
        assert one.fileno() != -1, SENDERS_OWN
    old.sendall(b"and so on")
    for one in (listener, second):
        received = keep(kata.receive_listener(new))
        assert received.getsockname() == one.getsockname(), (
            "the listeners did not come in the order in which they were sent"
        )
    wait_until(lambda: unread(new) <= 9, "what follows the listeners")
    assert unread(new) == 9, "your code took what follows the listeners on the channel, which is for others"


@hints(
    "Nothing has come yet. What does recv_fds() do on a blocking channel?",
    "It waits in the kernel: nothing else is to be done.",
)
def test_it_waits_for_the_listener(kata, channel, listener, keep, background):
    old, new = channel
    receiving = background(kata.receive_listener, new)
    receiving.asleep()
    socket.send_fds(old, [b"*"], [listener.fileno()])
    received = keep(receiving.result())
    assert received.getsockname() == listener.getsockname(), (
        "your code did not take a listener with this byte: it may be any"
    )


@hints(
    "The new server starts a program. Which descriptors does that one get?",
    "Those without close-on-exec, and what recv_fds() brings is without it, whatever flags you give it.",
    "received.set_inheritable(False)",
)
def test_no_child_inherits_it(hand_over, listener):
    received = hand_over(listener)
    assert not received.get_inheritable(), (
        "your listener was inheritable: every program that the new server starts gets it, too"
    )


@hints(
    "O_NONBLOCK came with the listener. What does gettimeout() of your new object say?",
    "os.get_blocking(fd) asks the kernel; setblocking() with the answer tells Python, and changes nothing.",
)
@pytest.mark.parametrize("timeout", [None, 0.0], ids=["blocking", "non-blocking"])
def test_its_mode_is_what_it_was(hand_over, listener, timeout):
    listener.settimeout(timeout)
    received = hand_over(listener)
    same = "O_NONBLOCK is shared with the old process, whose accept() now behaves otherwise"
    assert is_nonblocking(listener) == (timeout == 0), same
    assert received.gettimeout() == timeout, "Python and the kernel did not agree on the listener's mode"


@hints(
    "Is every listener one of IPv4?",
    "socket.socket(fileno=fd), with no family and no type, asks the kernel for both.",
)
def test_its_family_and_type_are_what_they_were(hand_over, keep):
    door = keep(socket.socket(socket.AF_UNIX))
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        path = str(Path(place) / "door")
        door.bind(path)
        door.listen()
        received = hand_over(door)
        assert (received.family, received.type) == (socket.AF_UNIX, socket.SOCK_STREAM), (
            "your code did not return a Unix listener"
        )
        assert received.getsockname() == path, "the received listener did not listen where it did before"


@hints(
    "The other process is gone. What does recv_fds() bring?",
    "No data and no descriptors: raise EOFError, before you look for the first of them.",
)
def test_the_end_of_the_channel_is_an_error(kata, channel):
    old, new = channel
    old.close()
    with raises_errno("EOFError", words="the channel ended, no listener came, and the caller never finds out"):
        kata.receive_listener(new)


@hints(
    "A byte has come, and no descriptor. What is there to be returned?",
    "ValueError. The byte is gone, and the next call finds what stands behind it.",
)
def test_a_byte_alone_is_an_error(kata, channel, listener, keep):
    old, new = channel
    old.sendall(b"??")
    socket.send_fds(old, [b"!"], [listener.fileno()])
    for _ in range(2):
        with raises_errno("ValueError", words="a byte came without a descriptor, and the caller never finds out"):
            keep(kata.receive_listener(new))
    received = keep(kata.receive_listener(new))
    assert received.getsockname() == listener.getsockname(), (
        "the next byte had a listener with it, and your code did not return it"
    )


@hints(
    "Two descriptors come with one byte. Which of them do you see, and which are open?",
    "Make room for one: MSG_CTRUNC in the flags says that there were more. Close the one that has come.",
)
def test_two_descriptors_are_an_error(kata, channel, listener):
    old, new = channel
    socket.send_fds(old, [b"!"], [listener.fileno(), old.fileno()])
    before = descriptors()
    with raises_errno("ValueError", words="two descriptors came with one byte, and the caller never finds out"):
        kata.receive_listener(new)
    assert descriptors() == before, "your code left open what came along and was not wanted"


@hints(
    "Is every descriptor a socket, and does every socket listen?",
    "getsockopt(SOL_SOCKET, SO_ACCEPTCONN) tells. What is not wanted has to be closed: once, not twice.",
)
@pytest.mark.parametrize("what", ["a connection", "a file"])
def test_anything_but_one_listener_is_an_error(kata, channel, what):
    old, new = channel
    with open(os.devnull) as file:
        socket.send_fds(old, [b"!"], [old.fileno() if what == "a connection" else file.fileno()])
        before = descriptors()
        with raises_errno("ValueError", words=NO_LISTENER):
            kata.receive_listener(new)
        assert descriptors() == before, "your code left open what came along and was not wanted"


@hints(
    "The listener is closed, or nobody is at the other end. Who must be told?",
    "The caller: let the error propagate.",
)
def test_what_cannot_be_sent_is_an_error(kata, channel, listener, keep):
    old, new = channel
    closed = keep(socket.create_server(("127.0.0.1", 0)))
    closed.close()
    with raises_errno("EBADF", "ValueError", words="the listener was closed, and the caller never finds out"):
        kata.send_listener(old, closed)
    assert unread(new) == 0, "there was no listener to send, and your code sent something over the channel"
    new.close()
    with raises_errno("EPIPE", "ECONNRESET", words="nobody was at the other end, and the caller never finds out"):
        kata.send_listener(old, listener)
