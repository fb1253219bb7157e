"""From the text of ``config.toml`` to settings. What is wrong costs the setting it stands in, and says so."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from typing import TYPE_CHECKING

from tui.commands import COMMANDS, Command
from tui.errors import ReadlistError
from tui.model.tags import validate_tag
from tui.settings.key_names import InvalidKeyError, parse_key, parse_keys
from tui.settings.keymap_builder import build_keymap
from tui.settings.presets import PRESETS
from tui.settings.schema import SETTINGS
from tui.settings.settings import COLUMNS, STATUSES, TRIAGE_ACTIONS, ExportProfile, Settings, TriageAction
from tui.settings.toml_lines import line_of, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_MOST_BROKEN = 8  # lines that are no TOML, until the file is given up
_LONGEST_LINE = 4_000
_LONGEST_SNOOZE = 3650  # days
_KNOWN_COLUMNS = ("title", "author", "year", "date", "category", "tags", "added", "note")
_NAMES = tuple(setting.name.strip("[]").partition(".")[0] for setting in SETTINGS)
_PROFILE = {name: type(default) for name, default in ExportProfile("", "")._asdict().items()}
_VERB: dict[str, type] = {
    "key": list, "status": str, "tags": list, "star": bool, "note": str, "snooze": int, "go_on": bool,
}  # fmt: skip
_KINDS = {str: "a text in quotation marks", bool: "true or false", int: "a whole number", list: "a list of texts"}


def parse_settings(name: str, content: bytes) -> Settings:
    """Read the settings.

    Args:
        name: the name of the file, for sentences.
        content: what is in it.
    """
    try:
        return _Reader(name, content).settings()
    except RecursionError:
        return Settings(errors=(f"{name}:1: a name here has too many parts, so that nothing in the file counts",))


def _near(word: str, known: Iterable[str]) -> str:
    names = list(known)
    near = get_close_matches(word, names, n=1, cutoff=0.5)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(names)}" if len(names) < 12 else ""


class _Reader:
    """One reading of one file."""

    def __init__(self, name: str, content: bytes) -> None:
        self._name = name
        self._mistakes: list[tuple[int, str]] = []
        text = self._without_long_lines(self._decoded(content))
        self._values = self._parsed(text)
        self._lines = lines_of(text)

    def settings(self) -> Settings:
        for name in self._values:
            if name not in _NAMES:
                self._wrong((name,), f'there is no setting "{name}"{_near(name, _NAMES)}')
        triage = self._triage()
        verbs = [_command(verb, keys) for verb, keys in triage.items()]
        own = dict(self._keys({command.id for command in COMMANDS} | {command.id for command in verbs}))
        preset = self._one_of("preset", PRESETS, "default")
        found = build_keymap(preset, own, verbs, lambda command, words: self._wrong(_place_of(command), words))
        return Settings(
            theme=self._text("theme"),
            data=self._text("data"),
            listings=self._text("listings"),
            hints=self._flag("hints", default=True),
            columns=self._some_of("columns", _KNOWN_COLUMNS, COLUMNS, needs="title"),
            statuses=self._some_of("statuses", STATUSES, STATUSES),
            citation_key=self._key_pattern(),
            views=dict(self._views()),
            profiles=dict(self._profiles()),
            triage=_all_verbs(tuple(triage)),
            keymap=found.keymap,
            hints_for_settings=found.hints,
            errors=tuple(f"{self._name}:{line}: {words}" for line, words in sorted(self._mistakes)),
        )

    # The file.

    def _decoded(self, content: bytes) -> str:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            line = content[: fault.start].count(b"\n") + 1
            self._mistakes.append((line, "a letter here is not UTF-8; save the file as UTF-8"))
            return content.decode("utf-8-sig", "replace")

    def _without_long_lines(self, text: str) -> str:
        """The text without lines that would take the reader of TOML minutes: names of thousands of parts."""
        lines = text.splitlines()
        for number, line in enumerate(lines, start=1):
            if len(line) > _LONGEST_LINE:
                self._mistakes.append((number, f"a line has {_LONGEST_LINE} characters at most; it does not count"))
                lines[number - 1] = ""
        return "\n".join(lines)

    def _parsed(self, text: str) -> dict[str, object]:
        """The values; of a file that is not all TOML, those of the lines that are."""
        lines = text.splitlines()
        for _ in range(_MOST_BROKEN):
            try:
                return tomllib.loads("\n".join(lines))
            except tomllib.TOMLDecodeError as fault:
                words, line = _told(str(fault), len(lines))
            except RecursionError:
                words, line = "this is nested too deep", _deepest(lines)
            self._mistakes.append((line, f"{words}; the line does not count"))
            if not _leave_out(lines, line - 1):
                break
        self._mistakes = [*self._mistakes[:1], (1, "so much here is not TOML that nothing in the file counts")]
        return {}

    def _wrong(self, path: tuple[str, ...], words: str) -> None:
        self._mistakes.append((line_of(self._lines, path), words))

    # Values of one kind.

    def _fits(self, path: tuple[str, ...], value: object, kind: type) -> bool:
        good = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        if good and isinstance(value, list):
            good = all(isinstance(each, str) for each in value)
        if not good:
            self._wrong(path, f"{'.'.join(path)} is {_KINDS[kind]}")
        return good

    def _text(self, name: str) -> str:
        value = self._values.get(name, "")
        return str(value) if self._fits((name,), value, str) else ""

    def _key_pattern(self) -> str:
        pattern = self._text("citation_key")
        if pattern:
            from tui.export.citekey_pattern import parse_pattern  # noqa: PLC0415 - most files name none

            try:
                parse_pattern(pattern)
            except ReadlistError as fault:
                self._wrong(("citation_key",), f"{fault.message}; {fault.hint}")
                return ""
        return pattern

    def _flag(self, name: str, *, default: bool) -> bool:
        value = self._values.get(name, default)
        return bool(value) if self._fits((name,), value, bool) else default

    def _one_of(self, name: str, known: Iterable[str], default: str) -> str:
        value = self._text(name) or default
        if value in known:
            return value
        self._wrong((name,), f'there is no {name} "{value}"{_near(value, known)}')
        return default

    def _some_of(
        self, name: str, known: tuple[str, ...], default: tuple[str, ...], needs: str = ""
    ) -> tuple[str, ...]:
        value = self._values.get(name, list(default))
        if not self._fits((name,), value, list) or not isinstance(value, list):
            return default
        unknown = [each for each in value if each not in known]
        for each in unknown:
            self._wrong((name,), f'there is nothing called "{each}" for {name}{_near(each, known)}')
        chosen = tuple(dict.fromkeys(each for each in value if each in known))
        if not chosen or (needs and needs not in chosen):
            if not unknown:
                self._wrong((name,), f"{name} needs {needs or 'at least one name'}")
            return default
        return chosen

    def _table(self, *path: str) -> Mapping[str, object]:
        value: object = self._values
        for name in path:
            value = value.get(name, {}) if isinstance(value, dict) else {}
        if isinstance(value, dict):
            return value
        self._wrong(path, f"{'.'.join(path)} is a table: [{'.'.join(path)}]")
        return {}

    # Tables.

    def _keys(self, known: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for command, given in _flat(self._table("keys")):
            path = ("keys", *command.split("."))
            if command not in known:
                self._wrong(path, f'there is no command "{command}"{_near(command, sorted(known))}')
                continue
            value = [given] if isinstance(given, str) else given
            if self._fits(path, value, list) and isinstance(value, list):
                keys = tuple(self._named(path, value, parse_key if command in _IN_PANES else parse_keys))
                if keys or not value:  # where all of them are wrong, the usual ones stay
                    yield command, keys

    def _named(
        self, path: tuple[str, ...], texts: Iterable[str], named: Callable[[str], str] = parse_key
    ) -> Iterator[str]:
        for text in texts:
            try:
                yield named(text)
            except InvalidKeyError as fault:
                self._wrong(path, str(fault))

    def _views(self) -> Iterator[tuple[str, str]]:
        for name, query in self._table("views").items():
            if self._fits(("views", name), query, str) and self._is_query(("views", name), str(query)):
                yield name, str(query)

    def _profiles(self) -> Iterator[tuple[str, ExportProfile]]:
        for name in self._table("profiles"):
            path = ("profiles", name)
            values = self._checked(path, _PROFILE)
            profile = ExportProfile(**{"query": "", "format": "", **values})  # type: ignore[arg-type]
            if not profile.format:
                self._wrong(path, f"the profile {name} needs a format")
            elif self._is_query((*path, "query"), profile.query) and self._suits(path, profile):
                yield name, profile

    def _suits(self, path: tuple[str, ...], profile: ExportProfile) -> bool:
        from tui.export.export_options import ExportOptions  # noqa: PLC0415
        from tui.export.formats import resolve_format  # noqa: PLC0415 - most files have no profile

        wishes = ExportOptions(raw=profile.raw, ascii=profile.ascii, style=profile.style, split=profile.split)
        try:
            resolve_format(profile.format, wishes)
        except ReadlistError as fault:
            self._wrong((*path, "format"), f"{fault.message}; {fault.hint}")
            return False
        return True

    def _is_query(self, path: tuple[str, ...], query: str) -> bool:
        from tui.query.query_parser import parse  # noqa: PLC0415 - most files have no query

        try:
            parse(query)
        except ReadlistError as fault:
            self._wrong(path, f"{'.'.join(path)} is no query: {fault.message}")
            return False
        return True

    def _triage(self) -> dict[TriageAction, tuple[str, ...]]:
        """The verbs a person gave, each with its keys."""
        found: dict[TriageAction, tuple[str, ...]] = {}
        for name in self._table("triage"):
            path = ("triage", name)
            if not (name.isidentifier() and name.isascii() and name.islower()) or f"triage.{name}" in _OTHER_COMMANDS:
                self._wrong(path, f'"{name}" cannot be a verb of triage; take another word of small letters')
                continue
            verb = self._verb(path, name)
            keys = tuple(self._named((*path, "key"), _listed(self._table(*path).get("key", []))))
            usual = next((command.keys for command in COMMANDS if command.id == f"triage.{name}"), ())
            if not (keys or usual):
                self._wrong(path, f'the verb {name} of triage needs a key, such as key = "{name[0]}"')
            else:
                found[verb] = keys or usual
        return found

    def _verb(self, path: tuple[str, ...], name: str) -> TriageAction:
        values = self._checked(path, _VERB)
        status = str(values.get("status", ""))
        if status and status not in STATUSES:
            self._wrong((*path, "status"), f'there is no status "{status}"{_near(status, STATUSES)}')
            status = ""
        snooze = values.get("snooze", 0)
        if not isinstance(snooze, int) or not 0 <= snooze <= _LONGEST_SNOOZE:
            self._wrong((*path, "snooze"), f"snooze is a number of days from 0 to {_LONGEST_SNOOZE}")
            snooze = 0
        said = next((verb.past_tense for verb in TRIAGE_ACTIONS if verb.name == name), name)
        tags = tuple(self._tags((*path, "tags"), _listed(values.get("tags", []))))
        star, goes_on = bool(values.get("star", False)), bool(values.get("go_on", True))
        return TriageAction(name, said, status, tags, star, str(values.get("note", "")), snooze, goes_on)

    def _tags(self, path: tuple[str, ...], texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            try:
                yield validate_tag(text)
            except ValueError as fault:
                self._wrong(path, str(fault))

    def _checked(self, path: tuple[str, ...], kinds: Mapping[str, type]) -> dict[str, object]:
        """The values of a table that have the right names and kinds; one text may stand for a list of one."""
        good: dict[str, object] = {}
        for name, given in self._table(*path).items():
            value = given
            if name not in kinds:
                self._wrong((*path, name), f'there is no "{name}" for [{".".join(path)}]{_near(name, kinds)}')
                continue
            if kinds[name] is list and isinstance(value, str):
                value = [value]
            if self._fits((*path, name), value, kinds[name]):
                good[name] = value
        return good


_OTHER_COMMANDS = {command.id for command in COMMANDS if command.pane == "triage"} - {
    f"triage.{verb.name}" for verb in TRIAGE_ACTIONS
}


_IN_PANES = {command.id for command in COMMANDS if command.pane}


def _all_verbs(own: tuple[TriageAction, ...]) -> tuple[TriageAction, ...]:
    names = {verb.name: verb for verb in (*TRIAGE_ACTIONS, *own)}
    return tuple(names.values())


def _command(verb: TriageAction, keys: tuple[str, ...]) -> Command:
    """The command of a verb: its help is what it does."""
    parts = [
        *([f"mark {verb.status}"] if verb.status else []),
        *([f"tag {', '.join(verb.tags)}"] if verb.tags else []),
        *(["star"] if verb.star else []),
        *(["begin a note"] if verb.note else []),
        *([f"let it come back in {verb.snooze} days"] if verb.snooze else []),
        *(["go on"] if verb.advances else []),
    ]
    said = ", ".join(parts) or "do nothing"
    return Command(
        f"triage.{verb.name}", keys, verb.name.capitalize(), f"{said[0].upper()}{said[1:]}.", verb.name, "triage"
    )


def _place_of(command: str) -> tuple[str, ...]:
    return ("keys", *command.split("."))


def _flat(table: Mapping[str, object], head: str = "") -> Iterator[tuple[str, object]]:
    """Dotted names and values: TOML reads ``mark.read`` as a table in a table, and ``"mark.read"`` does not."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{head}{name}.")
        else:
            yield f"{head}{name}", value


def _listed(value: object) -> list[str]:
    texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [text for text in texts if isinstance(text, str)]


def _told(fault: str, last: int) -> tuple[str, int]:
    """TOML's complaint, and the line it is about."""
    words, _, place = fault.partition(" (at ")
    number = place.removeprefix("line ").partition(",")[0]
    return f"this is not TOML ({words[:1].lower()}{words[1:]})", int(number) if number.isdigit() else max(last, 1)


def _deepest(lines: Sequence[str]) -> int:
    """The number of the line that opens the most brackets."""
    return 1 + max(range(len(lines)), key=lambda index: lines[index].count("[") + lines[index].count("{"))


def _leave_out(lines: list[str], index: int) -> bool:
    """Take a line out; the head of a table takes what stands in it along. Says whether there was anything to take."""
    if not 0 <= index < len(lines) or not lines[index]:
        return False
    is_head = lines[index].lstrip().startswith("[")
    lines[index] = ""
    while is_head and index + 1 < len(lines) and not lines[index + 1].lstrip().startswith("["):
        index += 1
        lines[index] = ""
    return True
