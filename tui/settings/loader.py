"""Parses ``config.toml`` into settings. An invalid setting is reported with its line and gets its default."""

from __future__ import annotations

import os
import re
import tomllib
from typing import TYPE_CHECKING

from tui.commands import COMMANDS, NO_PROGRAMS, Command, Need
from tui.errors import ReadlistError
from tui.model.list_name import list_name_error
from tui.model.queue import PRIORITIES
from tui.model.tags import validate_tag
from tui.paths import MAIN_LIST
from tui.settings.key_names import InvalidKeyError, parse_key, parse_keys
from tui.settings.keymap_builder import build_keymap
from tui.settings.presets import PRESETS
from tui.settings.schema import SETTINGS
from tui.settings.settings import (
    COLUMNS,
    PLACEHOLDERS,
    STATUSES,
    TRIAGE_ACTIONS,
    ExportProfile,
    FeedSettings,
    NetworkSettings,
    Settings,
    TriageAction,
)
from tui.settings.toml_lines import line_number, line_numbers
from tui.text.plural import pluralise
from tui.text.typos import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_MAX_INVALID_LINES = 8  # more, and the whole file is ignored
_MAX_LINE_LENGTH = 4_000
_CONTACT = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_MAX_DAYS = 3650  # of a snooze or to a due date
_KNOWN_COLUMNS = ("title", "author", "year", "date", "category", "tags", "added", "note", "due", "venue")
_NAMES = tuple(setting.name.strip("[]").partition(".")[0] for setting in SETTINGS)
_PROFILE_KEYS = {name: type(default) for name, default in ExportProfile("", "")._asdict().items()}
_ACTION_KEYS: dict[str, type] = {
    "key": list, "status": str, "tags": list, "star": bool, "note": str, "snooze": int, "go_on": bool,
    "priority": str, "due": int,
}  # fmt: skip
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_TYPE_NAMES = {str: "a string", bool: "true or false", int: "a whole number", list: "a list of strings"}


def parse_settings(name: str, content: bytes) -> Settings:
    """Parse the settings.

    Args:
        name: the name of the file, for messages.
        content: its bytes.
    """
    try:
        return _Parser(name, content).settings()
    except RecursionError:
        return Settings(errors=(f"{name}:1: a key has too many parts; file ignored",))


def _suggestion(word: str, known: Iterable[str]) -> str:
    names = list(known)
    hint = did_you_mean(word, names)
    return f" ({hint})" if hint else f" (one of {', '.join(names)})" if len(names) < 12 else ""


class _Parser:
    """Parses one file."""

    def __init__(self, name: str, content: bytes) -> None:
        self._name = name
        self._errors: list[tuple[int, str]] = []
        text = self._blank_long_lines(self._decode(content))
        self._values = self._parse_toml(text)
        self._lines = line_numbers(text)

    def settings(self) -> Settings:
        for name in self._values:
            if name not in _NAMES:
                self._report((name,), f'unknown setting "{name}"{_suggestion(name, _NAMES)}')
        triage = self._triage()
        own_commands = dict(self._commands())
        commands = [_command(action, keys) for action, keys in triage.items()]
        commands += [self._own_command(name, words) for name, words in own_commands.items()]
        own = dict(self._keys({command.id for command in COMMANDS} | {command.id for command in commands}))
        preset = self._one_of("preset", PRESETS, "default")
        in_tables = {command.id for command in commands if command.keys}

        def report(command: str, message: str) -> None:
            self._report(_path_of(command, in_table=command in in_tables), message)

        built = build_keymap(preset, own, commands, report)
        return Settings(
            theme=self._string("theme"),
            data=self._string("data"),
            listings=self._string("listings"),
            default_list=self._list_name(("default_list",), self._string("default_list")),
            lists=dict(self._lists()),
            hints=self._bool("hints", default=True),
            columns=self._some_of("columns", _KNOWN_COLUMNS, COLUMNS, needs="title"),
            statuses=self._some_of("statuses", STATUSES, STATUSES),
            citation_key=self._key_pattern(),
            views=dict(self._views()),
            profiles=dict(self._profiles()),
            triage=_all_actions(tuple(triage)),
            commands=own_commands,
            network=self._network(),
            feeds=dict(self._feeds()),
            pdf_folders=tuple(_strings(self._typed_values(("pdf",), {"folders": list}).get("folders", []))),
            pdf_viewer=self._pdf_viewer(),
            keymap=built.keymap,
            overridden_keys=built.overridden_keys,
            errors=tuple(f"{self._name}:{line}: {message}" for line, message in sorted(self._errors)),
        )

    # Reading TOML.

    def _decode(self, content: bytes) -> str:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            self._errors.append((line, "not valid UTF-8; save the file as UTF-8"))
            return content.decode("utf-8-sig", "replace")

    def _blank_long_lines(self, text: str) -> str:
        """Blank lines that would take ``tomllib`` minutes: keys of thousands of parts."""
        lines = text.splitlines()
        for number, line in enumerate(lines, start=1):
            if len(line) > _MAX_LINE_LENGTH:
                self._errors.append((number, f"longer than {_MAX_LINE_LENGTH} characters; line ignored"))
                lines[number - 1] = ""
        return "\n".join(lines)

    def _parse_toml(self, text: str) -> dict[str, object]:
        """The values of the file; invalid lines are left out and reported."""
        lines = text.splitlines()
        for _ in range(_MAX_INVALID_LINES):
            try:
                return tomllib.loads("\n".join(lines))
            except tomllib.TOMLDecodeError as error:
                message, line = _toml_error(str(error), len(lines))
            except RecursionError:
                message, line = "nested too deeply", _deepest_line(lines)
            self._errors.append((line, f"{message}; line ignored"))
            if not _blank_line(lines, line - 1):
                break
        self._errors = [*self._errors[:1], (1, "too many invalid lines; file ignored")]
        return {}

    def _report(self, path: tuple[str, ...], message: str) -> None:
        self._errors.append((line_number(self._lines, path), message))

    # Single values.

    def _has_type(self, path: tuple[str, ...], value: object, expected: type) -> bool:
        valid = isinstance(value, expected) and (expected is bool or not isinstance(value, bool))
        if valid and isinstance(value, list):
            valid = all(isinstance(each, str) for each in value)
        if not valid:
            self._report(path, f"{'.'.join(path)} must be {_TYPE_NAMES[expected]}")
        return valid

    def _string(self, name: str) -> str:
        value = self._values.get(name, "")
        return str(value) if self._has_type((name,), value, str) else ""

    def _list_name(self, path: tuple[str, ...], name: str) -> str:
        """The name of a list, or an empty text if it is not valid."""
        error = list_name_error(name) if name else ""
        if error:
            self._report(path, error)
        return "" if error else name

    def _lists(self) -> Iterator[tuple[str, tuple[str, str]]]:
        for name in self._table("lists"):
            path = ("lists", name)
            if name == MAIN_LIST:
                self._report(path, 'the folders of the main list are set with "data" and "listings"')
            elif self._list_name(path, name):
                folders = self._typed_values(path, {"data": str, "listings": str})
                yield name, (str(folders.get("data", "")), str(folders.get("listings", "")))

    def _key_pattern(self) -> str:
        pattern = self._string("citation_key")
        if pattern:
            from tui.export.citekey_pattern import parse_pattern  # noqa: PLC0415 - loaded only if the setting is used

            try:
                parse_pattern(pattern)
            except ReadlistError as error:
                self._report(("citation_key",), _with_hint(error))
                return ""
        return pattern

    def _bool(self, name: str, *, default: bool) -> bool:
        value = self._values.get(name, default)
        return bool(value) if self._has_type((name,), value, bool) else default

    def _one_of(self, name: str, known: Iterable[str], default: str) -> str:
        value = self._string(name) or default
        if value in known:
            return value
        self._report((name,), f'unknown {name} "{value}"{_suggestion(value, known)}')
        return default

    def _some_of(
        self, name: str, known: tuple[str, ...], default: tuple[str, ...], needs: str = ""
    ) -> tuple[str, ...]:
        value = self._values.get(name, list(default))
        if not self._has_type((name,), value, list) or not isinstance(value, list):
            return default
        unknown = [each for each in value if each not in known]
        for each in unknown:
            self._report((name,), f'unknown value "{each}" for {name}{_suggestion(each, known)}')
        chosen = tuple(dict.fromkeys(each for each in value if each in known))
        if not chosen or (needs and needs not in chosen):
            if not unknown:
                self._report((name,), f"{name} must include {needs}" if needs else f"{name} must not be empty")
            return default
        return chosen

    def _table(self, *path: str) -> Mapping[str, object]:
        value: object = self._values
        for name in path:
            value = value.get(name, {}) if isinstance(value, dict) else {}
        if isinstance(value, dict):
            return value
        self._report(path, f"{'.'.join(path)} must be a table: [{'.'.join(path)}]")
        return {}

    # Tables.

    def _keys(self, known: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for command, given in _flat(self._table("keys")):
            path = ("keys", *command.split("."))
            if command not in known:
                self._report(path, f'unknown command "{command}"{_suggestion(command, sorted(known))}')
                continue
            value = [given] if isinstance(given, str) else given
            if self._has_type(path, value, list) and isinstance(value, list):
                keys = tuple(self._parse_each(path, value, parse_key if command in _IN_PANES else parse_keys))
                if keys or not value:  # the defaults stay if all keys are invalid
                    yield command, keys

    def _parse_each(
        self, path: tuple[str, ...], texts: Iterable[str], parse: Callable[[str], str] = parse_key
    ) -> Iterator[str]:
        for text in texts:
            try:
                yield parse(text)
            except InvalidKeyError as error:
                self._report(path, str(error))

    def _views(self) -> Iterator[tuple[str, str]]:
        for name, query in self._table("views").items():
            if self._has_type(("views", name), query, str) and self._is_query(("views", name), str(query)):
                yield name, str(query)

    def _profiles(self) -> Iterator[tuple[str, ExportProfile]]:
        for name in self._table("profiles"):
            path = ("profiles", name)
            values = self._typed_values(path, _PROFILE_KEYS)
            profile = ExportProfile(**{"query": "", "format": "", **values})  # type: ignore[arg-type]
            if not profile.format:
                self._report(path, f"profile {name} needs a format")
            elif self._is_query((*path, "query"), profile.query) and self._is_exportable(path, profile):
                yield name, profile

    def _commands(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for name in self._table("commands"):
            path = ("commands", name)
            given = _strings(self._typed_values(path, {"run": list, "key": list}).get("run", []))
            arguments = tuple(map(_in_home, given))
            unknown = [each for text in arguments for each in _PLACEHOLDER.findall(text) if each not in PLACEHOLDERS]
            for each in unknown:
                self._report((*path, "run"), f"unknown placeholder {{{each}}}{_suggestion(each, PLACEHOLDERS)}")
            if f"own.{name}" in _IDS:
                self._report(path, f"a command cannot be named {name}; choose another name")
            elif not arguments or not arguments[0]:
                self._report(path, f'command {name} needs a program, such as run = ["xdg-open", "{{url}}"]')
            elif not unknown:
                yield name, arguments

    def _own_command(self, name: str, arguments: tuple[str, ...]) -> Command:
        """The command of the screen that runs one of the user's own."""
        given = _strings(self._table("commands", name).get("key", []))
        keys = tuple(self._parse_each(("commands", name, "key"), given, parse_keys))
        help_ = f"Run {' '.join(arguments)}"
        return Command(
            f"own.{name}", keys, name, help_, "own_commands.run", needs=Need.PAPER, no_terminal=NO_PROGRAMS
        )

    def _pdf_viewer(self) -> tuple[str, ...]:
        words = tuple(map(_in_home, _strings(self._typed_values(("open",), {"pdf": list}).get("pdf", []))))
        if words and not words[0].strip():
            self._report(("open", "pdf"), 'open.pdf needs a program, such as "zathura"')
            return ()
        return words

    def _is_exportable(self, path: tuple[str, ...], profile: ExportProfile) -> bool:
        from tui.export.export_options import ExportOptions  # noqa: PLC0415
        from tui.export.formats import resolve_format  # noqa: PLC0415 - loaded only if there is a profile

        options = ExportOptions(raw=profile.raw, ascii=profile.ascii, style=profile.style, split=profile.split)
        try:
            resolve_format(profile.format, options)
        except ReadlistError as error:
            self._report((*path, "format"), _with_hint(error))
            return False
        return True

    def _is_query(self, path: tuple[str, ...], query: str) -> bool:
        from tui.query.query_parser import parse  # noqa: PLC0415 - loaded only if there is a query

        try:
            parse(query)
        except ReadlistError as error:
            self._report(path, f"{'.'.join(path)} is not a valid query: {error.message}")
            return False
        return True

    def _network(self) -> NetworkSettings:
        values = self._typed_values(("network",), {"allow": bool, "contact": str})
        contact = str(values.get("contact", ""))
        if contact and not _CONTACT.fullmatch(contact):
            self._report(("network", "contact"), f"{contact!r} is not an e-mail address")
            contact = ""
        return NetworkSettings(bool(values.get("allow", False)), contact)

    def _feeds(self) -> Iterator[tuple[str, FeedSettings]]:
        for name in self._table("feeds"):
            path = ("feeds", name)
            values = self._typed_values(path, {"address": str, "tags": list})
            address = str(values.get("address", ""))
            if not address.startswith("https://rss.arxiv.org/"):
                self._report(path, f"feed {name} needs an address that begins with https://rss.arxiv.org/")
            else:
                yield (
                    name,
                    FeedSettings(address, tuple(self._tags((*path, "tags"), _strings(values.get("tags", []))))),
                )

    def _triage(self) -> dict[TriageAction, tuple[str, ...]]:
        """The triage actions in the file, each with its keys."""
        found: dict[TriageAction, tuple[str, ...]] = {}
        for name in self._table("triage"):
            path = ("triage", name)
            if not (name.isidentifier() and name.isascii() and name.islower()) or f"triage.{name}" in _RESERVED:
                self._report(path, f'"{name}" cannot be the name of a triage action; choose another, in lowercase')
                continue
            action = self._action(path, name)
            keys = tuple(self._parse_each((*path, "key"), _strings(self._table(*path).get("key", []))))
            default = next((command.keys for command in COMMANDS if command.id == f"triage.{name}"), ())
            if not (keys or default):
                self._report(path, f'triage.{name} needs a key, such as key = "{name[0]}"')
            else:
                found[action] = keys or default
        return found

    def _action(self, path: tuple[str, ...], name: str) -> TriageAction:
        values = self._typed_values(path, _ACTION_KEYS)
        status = str(values.get("status", ""))
        if status and status not in STATUSES:
            self._report((*path, "status"), f'unknown status "{status}"{_suggestion(status, STATUSES)}')
            status = ""
        priority = str(values.get("priority", ""))
        if priority and priority not in PRIORITIES:
            self._report((*path, "priority"), f'unknown priority "{priority}"{_suggestion(priority, PRIORITIES)}')
            priority = ""
        snooze, due = (self._day_count((*path, name), values.get(name, 0)) for name in ("snooze", "due"))
        past_tense = next((action.past_tense for action in TRIAGE_ACTIONS if action.name == name), name)
        tags = tuple(self._tags((*path, "tags"), _strings(values.get("tags", []))))
        star, advances = bool(values.get("star", False)), bool(values.get("go_on", True))
        note = str(values.get("note", ""))
        return TriageAction(name, past_tense, status, tags, star, note, snooze, advances, priority, due)

    def _day_count(self, path: tuple[str, ...], value: object) -> int:
        if isinstance(value, int) and 0 <= value <= _MAX_DAYS:
            return value
        self._report(path, f"{path[-1]} must be a number of days from 0 to {_MAX_DAYS}")
        return 0

    def _tags(self, path: tuple[str, ...], texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            try:
                yield validate_tag(text)
            except ValueError as error:
                self._report(path, str(error))

    def _typed_values(self, path: tuple[str, ...], types: Mapping[str, type]) -> dict[str, object]:
        """The values of a table that have known keys and the right types; a string is accepted as a list of one."""
        valid: dict[str, object] = {}
        for name, given in self._table(*path).items():
            value = given
            if name not in types:
                self._report((*path, name), f'unknown key "{name}" in [{".".join(path)}]{_suggestion(name, types)}')
                continue
            if types[name] is list and isinstance(value, str):
                value = [value]
            if self._has_type((*path, name), value, types[name]):
                valid[name] = value
        return valid


_RESERVED = {command.id for command in COMMANDS if command.pane == "triage"} - {
    f"triage.{action.name}" for action in TRIAGE_ACTIONS
}
_IDS = {command.id for command in COMMANDS}
_IN_PANES = {command.id for command in COMMANDS if command.pane}


def _all_actions(own: tuple[TriageAction, ...]) -> tuple[TriageAction, ...]:
    actions = {action.name: action for action in (*TRIAGE_ACTIONS, *own)}
    return tuple(actions.values())


def _command(action: TriageAction, keys: tuple[str, ...]) -> Command:
    """The command of a triage action, with a help that lists its effects."""
    parts = [
        *([f"mark {action.status}"] if action.status else []),
        *([f"tag {', '.join(action.tags)}"] if action.tags else []),
        *(["star"] if action.star else []),
        *(["start a note"] if action.note else []),
        *([f"snooze for {pluralise(action.snooze, 'day')}"] if action.snooze else []),
        *([f"{action.priority} priority"] if action.priority else []),
        *([f"due in {pluralise(action.due, 'day')}"] if action.due else []),
        *(["then go to the next paper"] if action.advances else []),
    ]
    effects = ", ".join(parts) or "do nothing"
    return Command(
        f"triage.{action.name}",
        keys,
        action.name.capitalize(),
        effects[0].upper() + effects[1:],
        "screen.decide",
        footer=action.name,
        pane="triage",
    )


def _with_hint(error: ReadlistError) -> str:
    return f"{error.message} ({error.hint})" if error.hint else error.message


def _path_of(command: str, *, in_table: bool) -> tuple[str, ...]:
    """The setting with its keys: in the table of the user's command or triage action, or else in ``[keys]``."""
    kind, _, name = command.partition(".")
    return ("commands" if kind == "own" else kind, name, "key") if in_table else ("keys", kind, name)


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Dotted names and values: TOML parses ``mark.read`` as nested tables, but ``"mark.read"`` as one key."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _strings(value: object) -> list[str]:
    texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [text for text in texts if isinstance(text, str)]


def _in_home(word: str) -> str:
    """A word of a command, with a leading ``~/`` replaced as a shell would."""
    return os.path.expanduser(word) if word.startswith("~/") else word  # noqa: PTH111 - unchanged without a home


def _toml_error(error: str, last: int) -> tuple[str, int]:
    """The message of a TOML error, and its line."""
    message, _, position = error.partition(" (at ")
    number = position.removeprefix("line ").partition(",")[0]
    return f"invalid TOML ({message[:1].lower()}{message[1:]})", int(number) if number.isdigit() else max(last, 1)


def _deepest_line(lines: Sequence[str]) -> int:
    """The number of the line that opens the most brackets."""
    return 1 + max(range(len(lines)), key=lambda index: lines[index].count("[") + lines[index].count("{"))


def _blank_line(lines: list[str], index: int) -> bool:
    """Blank a line, and with the header of a table all its lines; returns whether the line was not blank before."""
    if not 0 <= index < len(lines) or not lines[index]:
        return False
    is_header = lines[index].lstrip().startswith("[")
    lines[index] = ""
    while is_header and index + 1 < len(lines) and not lines[index + 1].lstrip().startswith("["):
        index += 1
        lines[index] = ""
    return True
