"""Numbers in the arguments of calls by their names: options, flags and events (socket(7), tcp(7), recv(2))."""

from __future__ import annotations

import ast
import functools
import re
import socket
import struct

FLAGS_AT = {  # the place of the flags among the arguments
    "recv": 1, "recvfrom": 1, "recv_into": 2, "recvfrom_into": 2, "recvmsg": 2, "recvmsg_into": 2,
    "send": 1, "sendall": 1, "sendto": 1, "sendmsg": 2,
}  # fmt: skip
WAYS = {str(getattr(socket, name)): name for name in ("SHUT_RD", "SHUT_WR", "SHUT_RDWR")}
EVENTS = {"1": "READ", "2": "WRITE", "3": "READ|WRITE"}  # selectors
LEVELS = {"SOL_SOCKET": "SO_", "IPPROTO_TCP": "TCP_", "IPPROTO_IP": "IP_", "IPPROTO_IPV6": "IPV6_"}
OTHERS = ("SO_VM_SOCKETS", "SO_J1939")  # options of other levels, whose names begin alike
PART = re.compile(
    r"""(?:[^,'"\[\](){}]|,(?! )|'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?|\[[^\]]*\]?|\([^)]*\)?|[\]){}])+"""
)
LONG_NUMBER = re.compile(r"\b\d+\.\d{5,}\b")
ENUM = re.compile(r"<(?:\w+\.)?([\w|.]+): -?\d+>")  # as repr() writes a member


def named(name: str, target: str, args: str, result: str) -> str:
    """A call as a reader wants it; `target` is the socket, and the texts are those of the tape."""
    args = LONG_NUMBER.sub(lambda found: f"{float(found[0]):.3g}", ENUM.sub(r"\1", args))
    if name in ("setsockopt", "getsockopt"):
        if found := _option(name, target, _parts(args)):
            return found
    elif name == "shutdown":
        args = WAYS.get(args, args)
    elif name in FLAGS_AT:
        args = _with_flags(_parts(args), FLAGS_AT[name])
    elif name.startswith("selector.") and (parts := _parts(args)):
        if parts[0].isdigit() and result and name != "selector.select":
            parts[0] = result  # the tape has the number, and what was registered has a name
        if name in ("selector.register", "selector.modify") and len(parts) > 1:
            parts[1] = EVENTS.get(parts[1], parts[1])
        args = ", ".join(parts)
    return f"{target}{'.' if target else ''}{name}({args})"


def _parts(args: str) -> list[str]:
    """The arguments one by one."""
    return [part.strip() for part in PART.findall(args) if part.strip()]


def _option(name: str, target: str, parts: list[str]) -> str:
    """A socket option by its name, and the value that it gets; empty if it has no name."""
    if len(parts) < 2:
        return ""
    option = _options().get((parts[0], parts[1]), "")
    if not option:
        return ""
    if name == "getsockopt":
        return f"{target}.getsockopt({option})"
    return f"{target}: {option} = {_value(option, ', '.join(parts[2:]))}"


def _value(option: str, text: str) -> str:
    """The value of an option; struct linger of socket(7) in words."""
    try:
        value = ast.literal_eval(text)
        if option == "SO_LINGER":
            on, seconds = struct.unpack("ii", value)
            return f"{seconds} s" if on else "off"
    except (ValueError, SyntaxError, TypeError, struct.error):
        pass
    return text


@functools.cache
def _options() -> dict[tuple[str, str], str]:
    """Options by level and number, as texts."""
    found: dict[tuple[str, str], str] = {}
    for level, prefix in LEVELS.items():
        names = [name for name in dir(socket) if name.startswith(prefix) and not name.startswith(OTHERS)]
        for name in sorted(names, key=len, reverse=True):  # of two names for one number the shorter is the usual one
            found[str(int(getattr(socket, level, -1))), str(getattr(socket, name))] = name
    return found


def _with_flags(parts: list[str], place: int) -> str:
    """The arguments with the flags by their names; flags of 0 say nothing."""
    found = []
    for number, part in enumerate(parts):
        key, _, value = part.rpartition("flags=")
        if (number == place or (not key and value != part)) and value.isdigit():
            part = _flags(int(value))
        if part:
            found.append(part)
    return ", ".join(found)


def _flags(value: int) -> str:
    names = []
    for name in sorted(name for name in dir(socket) if name.startswith("MSG_")):
        bit = int(getattr(socket, name))
        if bit > 0 and bit & (bit - 1) == 0 and value & bit:
            names.append(name)
            value &= ~bit
    return "|".join([*names, *[str(value)] * bool(value)])
