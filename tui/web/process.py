"""The process that runs the screen of one browser tab, and the packets it exchanges with the server.

A packet is one letter, the length of its content in four bytes, and the content: ``D`` is terminal input or output,
``M`` a JSON object, ``F`` a file to download. ``tui.app.terminal.web_driver`` is the other end.
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

# Loads this package, whatever the current folder contains; -P keeps that folder out of the search path.
_START = """\
import sys
from importlib.util import module_from_spec, spec_from_file_location
spec = spec_from_file_location("tui", sys.argv.pop(1))
sys.modules["tui"] = package = module_from_spec(spec)
spec.loader.exec_module(package)
from tui.__main__ import main
sys.exit(main())
"""
_MAX_ERROR_OUTPUT = 65_536  # bytes of standard error
_STOP_TIMEOUT = 5.0  # seconds to exit by itself, and again after SIGTERM


class Packet(NamedTuple):
    """A packet of the program."""

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
            environment: its environment.
            options: its arguments.
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-c", _START, str(Path(tui.__file__).resolve()), *options,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env=environment, start_new_session=True,  # Ctrl-C goes to the server, which stops its screens in order
        )  # fmt: skip
        return cls(process)

    async def packets(self) -> AsyncIterator[Packet]:
        """The packets of the program, until it exits."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                header = await self._output.readexactly(5)
                yield Packet(header[:1], await self._output.readexactly(int.from_bytes(header[1:], "big")))

    async def send_input(self, text: str) -> None:
        """Send terminal input: keys, pastes, mouse."""
        await self._send(b"D", text.encode(errors="ignore"))  # surrogates are dropped

    async def send_message(self, message: Mapping[str, object]) -> None:
        """Send a message, such as a new size."""
        await self._send(b"M", json.dumps(message).encode())

    async def stop(self) -> int:
        """Stop the program, by force if it takes too long; returns its exit status."""
        self._input.close()  # the program exits as if its terminal was closed
        for force in (self._process.terminate, self._process.kill):
            with suppress(TimeoutError):
                return await asyncio.wait_for(self._wait(), _STOP_TIMEOUT)
            with suppress(ProcessLookupError):
                force()
        return await self._wait()

    def error_output(self) -> str:
        """Its output on standard error."""
        return self._error_output.decode(errors="replace").strip()

    async def _wait(self) -> int:
        status = await self._process.wait()
        await asyncio.shield(self._error_reader)  # a timeout must not cancel the reader
        return status

    async def _send(self, kind: bytes, payload: bytes) -> None:
        with suppress(ConnectionError, RuntimeError):  # the program has exited, which the reading side detects
            self._input.write(kind + len(payload).to_bytes(4, "big") + payload)
            await self._input.drain()

    async def _read_errors(self) -> None:
        while data := await self._errors.read(4096):
            self._error_output += data[: _MAX_ERROR_OUTPUT - len(self._error_output)]
