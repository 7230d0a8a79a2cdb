"""5.8: WRITE is wanted while output is pending and not a turn longer; READ and the data stay."""

import selectors

from dojo.suite import GREEN, fill, hints, on_stub, raises_errno, read_exactly, small_buffers, unread

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


def ready(selector):
    """What select() reports: the data of each key, and the mask."""
    return {key.data: mask for key, mask in selector.select(0)}


@on_stub("output was pending, and your code took READ away: nothing is read")
@hints(
    "The peer has not read enough, but may it not speak?",
    "The new mask replaces the old one. Both have to be in it.",
    "EVENT_READ | EVENT_WRITE",
)
def test_pending_output_adds_write_to_read(kata, selector, unix_pair):
    sock, _ = unix_pair
    selector.register(sock, READ, "data")
    kata.update_interest(selector, sock, True)
    events = selector.get_key(sock).events
    assert events & WRITE, "output was pending, and your code did not ask for WRITE"
    assert events & READ, "output was pending, and your code took READ away: nothing is read"


@on_stub("all was sent, and your code left WRITE on")
@hints(
    "A key is a named tuple. What does _replace() do to the tuple, and what to the selector?",
    "It makes a new tuple, of which nobody knows. Only modify() tells the selector.",
)
def test_write_is_switched_off_when_all_is_sent(kata, selector, unix_pair):
    sock, _ = unix_pair
    selector.register(sock, READ, "data")
    kata.update_interest(selector, sock, True)
    kata.update_interest(selector, sock, False)
    key = selector.get_map().get(sock)
    assert key is not None, "nothing was pending, and your code took the socket out: what the peer sends is not seen"
    assert not key.events & WRITE, "all was sent, and your code left WRITE on"
    assert key.events == READ, "your code did not watch the socket for READ"


@on_stub("output was pending, and input was not seen")
@hints(
    "The peer sends and does not read. What do you hear of it?",
    "A socket that has no room can be readable all the same: ask for both.",
)
def test_input_is_seen_while_there_is_no_room_for_output(kata, selector, unix_pair):
    sock, peer = unix_pair
    selector.register(sock, READ, "data")
    fill(sock)
    # The peer does not read: there is no room for more output, so it is pending.
    kata.update_interest(selector, sock, True)
    assert selector.select(0) == [], "there was no room and nothing had come, and select() reported something"
    peer.send(b"hello")
    assert [mask for _, mask in selector.select(0)] == [READ], "output was pending, and input was not seen"


@on_stub("your code lost the data")
@hints(
    "What does the key hold besides the events? Print it before and after.",
    "modify() makes a new key of what it is given. Data that is not given is None.",
    "selector.modify(sock, events, key.data)",
)
def test_the_data_stays_with_the_registration(kata, selector, unix_pair):
    sock, _ = unix_pair
    data = object()
    selector.register(sock, READ, data)
    kata.update_interest(selector, sock, True)
    assert selector.get_key(sock).data is data, "your code lost the data when it switched WRITE on"
    kata.update_interest(selector, sock, False)
    assert selector.get_key(sock).data is data, "your code lost the data when it switched WRITE off"


@on_stub("your code lost empty data, which is data too")
@hints(
    "Data can be anything: a callback, a number, an empty list.",
    "Hand on what is in the key, whatever it is.",
)
def test_empty_data_stays_too(kata, selector, unix_pair):
    sock, _ = unix_pair
    for data in ([], 0, ""):
        selector.register(sock, READ, data)
        for pending in (True, False):
            kata.update_interest(selector, sock, pending)
            assert selector.get_key(sock).data is data, "your code lost empty data, which is data too"
        selector.unregister(sock)


@on_stub("nothing was to be done, and select() did not sleep: a busy loop")
@hints(
    "There is room nearly always. How often is that news, if nobody has anything to send?",
    "WRITE has to be off in the selector itself, or select() returns at once, for ever.",
)
def test_an_idle_connection_lets_the_loop_sleep(kata, selector, unix_pair):
    sock, peer = unix_pair
    selector.register(sock, READ, "data")
    kata.update_interest(selector, sock, True)
    assert [mask for _, mask in selector.select(0)] == [WRITE], (
        "output was pending and there was room for it, and select() did not report it"
    )
    kata.update_interest(selector, sock, False)
    # All is sent, and the peer is silent.
    assert selector.select(0) == [], "nothing was to be done, and select() did not sleep: a busy loop"
    peer.send(b"hello")
    assert ready(selector) == {"data": READ}, "the peer had sent something, and select() did not report it"


@on_stub(GREEN)
@hints(
    "Nothing was pending, and nothing is. What has to change?",
    "Nothing: READ is on, WRITE is off. modify() to the same events does no harm.",
)
def test_nothing_is_pending_and_nothing_was(kata, selector, unix_pair):
    sock, peer = unix_pair
    selector.register(sock, READ, "data")
    for _ in range(2):
        kata.update_interest(selector, sock, False)
        assert selector.select(0) == [], "nothing was pending and nothing had come, and select() reported something"
    peer.send(b"hello")
    assert ready(selector) == {"data": READ}, "the socket was not watched for READ"


@on_stub("your code did not set what the last call asked for")
@hints(
    "Some output is sent, and some more is pending. How often is WRITE switched on?",
    "Each call says what holds from then on. It depends on nothing that was said before.",
)
def test_each_call_says_what_holds_from_then_on(kata, selector, unix_pair):
    sock, _ = unix_pair
    selector.register(sock, READ, "data")
    for pending in (True, True, False, False, True, False, True, True):
        kata.update_interest(selector, sock, pending)
        wanted = READ | WRITE if pending else READ
        assert selector.get_key(sock).events == wanted, "your code did not set what the last call asked for"


@on_stub("output was pending, and your code did not tell the selector")
@hints(
    "Who else can change what is registered? Does your module hear of it?",
    "A memory of one's own is right until somebody else acts. Ask the selector, or just tell it each time.",
)
def test_what_is_registered_is_for_the_selector_to_know(kata, selector, unix_pair):
    sock, _ = unix_pair
    selector.register(sock, READ, "before")
    kata.update_interest(selector, sock, True)
    # Somebody takes the socket out, and registers it again, for READ.
    selector.unregister(sock)
    selector.register(sock, READ, "after")
    kata.update_interest(selector, sock, True)
    assert selector.get_key(sock).events & WRITE, "output was pending, and your code did not tell the selector"


@on_stub(GREEN)
@hints(
    "Callbacks get key.fileobj. What must that be?",
    "Hand the socket to modify(), not its number: SelectSelector puts into the key what it is given.",
)
def test_the_key_holds_the_socket_itself(kata, selector, unix_pair):
    sock, _ = unix_pair
    selector.register(sock, READ, "data")
    for pending in (True, False):
        kata.update_interest(selector, sock, pending)
        assert selector.get_key(sock).fileobj is sock, "the key held another object than the socket"


@on_stub(GREEN)
@hints(
    "How many connections does one call concern?",
    "One. Change only the registration of sock.",
)
def test_other_connections_are_left_alone(kata, selector, unix_pair, pair):
    one, two = unix_pair
    other, _ = pair
    selector.register(one, READ, "one")
    selector.register(two, READ | WRITE, "two")
    selector.register(other, READ, "other")
    kata.update_interest(selector, one, True)
    kata.update_interest(selector, one, False)
    got = {key.data: key.events for key in selector.get_map().values() if key.fileobj is not one}
    assert got == {"two": READ | WRITE, "other": READ}, "your code changed the registration of another connection"


@on_stub("your code did not raise KeyError")
@hints(
    "Nobody has registered this socket. Is it your business to do so?",
    "get_key() and modify() raise KeyError: let it propagate.",
    "For a closed socket they raise ValueError: it has no number to look under. Make a KeyError of it.",
)
def test_a_socket_that_is_not_registered_stays_so(kata, selector, unix_pair):
    sock, _ = unix_pair
    for pending in (True, False):
        with raises_errno("KeyError", words="the socket was not registered, and the caller never finds out"):
            kata.update_interest(selector, sock, pending)
        assert list(selector.get_map()) == [], "the socket was not registered, and your code registered it"
    sock.close()
    words = "the socket was closed and not registered, and your code did not raise KeyError"
    with raises_errno("KeyError", words=words):
        kata.update_interest(selector, sock, True)


@on_stub("all was sent, and select() went on reporting the socket")
@hints(
    "Follow one turn: switch WRITE on, select, send a part. What does the next select() report?",
    "READ and WRITE while something is left, READ alone at the end.",
)
def test_a_long_answer_goes_out_piece_by_piece(kata, selector, unix_pair):
    sock, peer = unix_pair
    small_buffers(sock, peer)
    sock.setblocking(False)
    selector.register(sock, READ, "data")
    output = answer = bytes(range(256)) * 256
    got = b""
    while output:
        kata.update_interest(selector, sock, True)
        if [mask for _, mask in selector.select(0)] == [WRITE]:
            output = output[sock.send(output) :]
        else:  # no room: the peer reads what it has
            assert unread(peer) > 0, "there was room for more output, and select() did not say so"
            got += peer.recv(65536)
    kata.update_interest(selector, sock, False)
    assert got + read_exactly(peer, len(answer) - len(got)) == answer, (
        "the peer did not get every byte of the answer, in order"
    )
    assert selector.select(0) == [], "all was sent, and select() went on reporting the socket"
