"""No network: a hook that Python calls before each connection and each look-up of a name, and that refuses those that leave."""

from __future__ import annotations

import socket
import sys
from typing import Any

HERE = ("localhost", "127.", "::1", "0.0.0.0", "::ffff:127.")  # this machine: browsers and Spark talk to themselves
AT = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}


class NetworkUsed(Exception):
    """Something wanted the network. Not an OSError, which the code might take for bad luck and go on."""


def refuse(event: str, args: tuple[Any, ...]) -> None:
    """The hook."""
    if event not in AT:
        return
    place = args[AT[event]]
    host = place[0] if isinstance(place, tuple) else place  # of a Unix socket a path
    family = getattr(args[0], "family", socket.AF_INET)
    if family in (socket.AF_INET, socket.AF_INET6) and host and not str(host).startswith((*HERE, socket.gethostname())):
        raise NetworkUsed(f"{event} {host}")


def go_offline() -> None:
    """Refuse the network to this process, for the rest of its life."""
    sys.addaudithook(refuse)
