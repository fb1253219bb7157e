"""One screen in one tab: the program as a process of its own, and the packets it exchanges with the server.

A packet is a letter, its length in four bytes, and so many bytes: ``D`` what a terminal reads or writes, ``M`` a JSON
object, ``F`` the content of a file to download. ``tui.app.terminal.web_driver`` is the other end.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import tui

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

# Loads this very package whatever lies in the current folder; -P keeps that folder from being searched at all.
_START = """\
import sys
from importlib.util import module_from_spec, spec_from_file_location
spec = spec_from_file_location("tui", sys.argv.pop(1))
sys.modules["tui"] = package = module_from_spec(spec)
spec.loader.exec_module(package)
from tui.__main__ import main
sys.exit(main())
"""
_MAX_ERROR_OUTPUT = 65_536  # bytes of standard error that are kept
_STOP_TIMEOUT = 5.0  # seconds to end by itself, and as many after being told to


class Packet(NamedTuple):
    """What the program sent."""

    kind: bytes
    payload: bytes


class ScreenProcess:
    """A running screen.

    Args:
        process: the process, with all three streams piped.
    """

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._input = cast("asyncio.StreamWriter", process.stdin)
        self._output = cast("asyncio.StreamReader", process.stdout)
        self._errors = cast("asyncio.StreamReader", process.stderr)
        self._error_output = bytearray()
        self._error_reader = asyncio.create_task(self._read_errors())

    @classmethod
    async def start(cls, environment: Mapping[str, str], *options: str) -> ScreenProcess:
        """Start the program.

        Args:
            environment: its whole environment.
            options: its arguments.
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-c", _START, str(Path(tui.__file__).resolve()), *options,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env=environment, start_new_session=True,  # Ctrl-C is for the server, which ends its screens in order
        )  # fmt: skip
        return cls(process)

    async def packets(self) -> AsyncIterator[Packet]:
        """What the program sends, until it ends."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await self._output.readexactly(5)
                yield Packet(head[:1], await self._output.readexactly(int.from_bytes(head[1:], "big")))

    async def send_input(self, text: str) -> None:
        """Send what a terminal would: keys, pastes, mouse."""
        await self._send(b"D", text.encode(errors="ignore"))  # half a letter is no text

    async def send_message(self, message: Mapping[str, object]) -> None:
        """Send a message that no terminal has, such as another size."""
        await self._send(b"M", json.dumps(message).encode())

    async def stop(self) -> int:
        """End the program in order, and by force where that takes too long; returns its exit status."""
        self._input.close()  # it takes that for a closed terminal, and leaves as it does there
        for force in (self._process.terminate, self._process.kill):
            with suppress(TimeoutError):
                return await asyncio.wait_for(self._wait(), _STOP_TIMEOUT)
            with suppress(ProcessLookupError):
                force()
        return await self._wait()

    def error_output(self) -> str:
        """What it wrote to standard error."""
        return self._error_output.decode(errors="replace").strip()

    async def _wait(self) -> int:
        status = await self._process.wait()
        await asyncio.shield(self._error_reader)  # a wait that takes too long ends, and it goes on
        return status

    async def _send(self, kind: bytes, payload: bytes) -> None:
        with suppress(ConnectionError, RuntimeError):  # it has ended, which the reading side finds out
            self._input.write(kind + len(payload).to_bytes(4, "big") + payload)
            await self._input.drain()

    async def _read_errors(self) -> None:
        while data := await self._errors.read(4096):
            self._error_output += data[: _MAX_ERROR_OUTPUT - len(self._error_output)]
