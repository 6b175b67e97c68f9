"""A proxy with sign-in, as small as can be: whoever comes in by its address is the person whose door it is."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

HEADER = "X-Tieout-Person"
_END_OF_HEAD = b"\r\n\r\n"


@contextmanager
def door(address: str, name: str) -> Iterator[str]:
    """The address by which that person comes in to the server at `address`."""
    inside = urlsplit(address)
    with socket.create_server(("127.0.0.1", 0)) as outside:
        behind = (str(inside.hostname), int(inside.port or 80))
        threading.Thread(target=_receive, args=(outside, behind, name), daemon=True).start()
        yield f"http://127.0.0.1:{outside.getsockname()[1]}"


def _receive(outside: socket.socket, behind: tuple[str, int], name: str) -> None:
    with suppress(OSError):  # the door is closed
        while True:
            caller, _ = outside.accept()
            threading.Thread(target=_through, args=(caller, behind, name), daemon=True).start()


def _through(caller: socket.socket, behind: tuple[str, int], name: str) -> None:
    """One connection; its first request is told the name, which is the only one where it becomes a WebSocket."""
    with caller, socket.create_connection(behind) as server, suppress(OSError):
        head = b""
        while _END_OF_HEAD not in head:
            some = caller.recv(65_536)
            if not some:
                return
            head += some
        first_line, rest = head.split(b"\r\n", 1)
        server.sendall(first_line + f"\r\n{HEADER}: {name}\r\n".encode() + rest)
        threading.Thread(target=_pour, args=(server, caller), daemon=True).start()
        _pour(caller, server)


def _pour(source: socket.socket, into: socket.socket) -> None:
    with suppress(OSError):
        while some := source.recv(65_536):
            into.sendall(some)
        into.shutdown(socket.SHUT_WR)
