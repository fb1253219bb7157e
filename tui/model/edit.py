"""Edits of a mark as values: the same from a key, the palette or the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.model.mark import Mark, Status
from tui.model.merge_notes import merge_notes
from tui.model.paper_files import file_name
from tui.model.tags import update_tags

if TYPE_CHECKING:
    from typing import Any


class Edit(NamedTuple):
    """One edit of a mark; an attribute that is None or empty leaves its field unchanged.

    Attributes:
        status: new status.
        starred: set or clear the star.
        add_tags: tags to add, already validated.
        remove_tags: tags to remove, compared case-insensitively.
        note: the whole new note; an empty string removes it.
        citation_key: the new citation key; an empty string leaves it to the program.
        note_before: the note that the new one is based on; if it has changed since, both versions are kept.
        append_note: a paragraph to append to the note.
        snoozed_until: ISO date to snooze until; an empty string ends the snooze.
        correct: (field, text) for each field of the paper to correct; the text as ``correction.validate`` returns it,
            or None to revert to the value of the sources.
        removed: remove the paper from the list, or restore it.
        priority: one of ``tui.model.queue.PRIORITIES``; an empty string removes it.
        due: ISO date to read it by; an empty string removes it.
        attach: absolute paths of files to attach.
        detach: files to detach, as they are named for the paper.
    """

    status: Status | None = None
    starred: bool | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    note: str | None = None
    append_note: str | None = None
    snoozed_until: str | None = None
    correct: tuple[tuple[str, str | None], ...] = ()
    note_before: str | None = None
    citation_key: str | None = None
    removed: bool | None = None
    priority: str | None = None
    due: str | None = None
    attach: tuple[str, ...] = ()
    detach: tuple[str, ...] = ()

    def apply(self, mark: Mark, at: str) -> Mark:
        """Return the mark after this edit.

        Args:
            mark: the mark before.
            at: ISO 8601 UTC instant of the edit.
        """
        new: dict[str, Any] = {}
        if self.status is not None and self.status is not mark.status:
            new["status"] = self.status
            if self.status is Status.READ:
                new["read_at"] = at
        if self.starred is not None:
            new["starred"] = self.starred
        if self.add_tags or self.remove_tags:
            new["tags"] = update_tags(mark.tags, self.add_tags, self.remove_tags)
        if self.note is not None:
            new["note"] = (
                self.note if self.note_before is None else merge_notes(self.note_before, mark.note, self.note)
            )
        if self.append_note:
            before = new.get("note", mark.note).rstrip("\n")
            new["note"] = f"{before}\n\n{self.append_note}" if before else self.append_note
        # An empty string ends a snooze, and removes a priority, a due date or a citation key.
        optional = ("snoozed_until", "priority", "due", "citation_key")
        new |= {name: text or None for name in optional if (text := getattr(self, name)) is not None}
        if self.removed is not None:
            new["removed"] = self.removed
        if self.attach or self.detach:
            of_sources = [file for file in self.detach if file not in mark.files]
            kept = [file for file in mark.files if file not in self.detach]
            new["files"] = tuple(dict.fromkeys((*kept, *self.attach)))
            hidden = dict.fromkeys((*mark.detached, *of_sources))
            new["detached"] = tuple(file for file in hidden if file not in self.attach)
        if self.correct:
            corrected = dict(mark.corrected) | dict(self.correct)
            new["corrected"] = tuple(sorted((name, text) for name, text in corrected.items() if text is not None))
        return mark._replace(**new) if new else mark

    @property
    def label(self) -> str:
        """Short description of this edit: ``mark read``, ``tag nerf``, ``write a note``."""
        parts: list[str] = []
        if self.status is not None:
            parts.append(f"mark {self.status}")
        if self.starred is not None:
            parts.append("star" if self.starred else "unstar")
        if self.add_tags:
            parts.append("tag " + ", ".join(self.add_tags))
        if self.remove_tags:
            parts.append("untag " + ", ".join(self.remove_tags))
        if self.note is not None:
            parts.append("write a note" if self.note else "remove the note")
        if self.append_note:
            parts.append("add to the note")
        return " and ".join((*parts, *self._other_changes(), *self._corrections())) or "nothing"

    def _other_changes(self) -> list[str]:
        """Descriptions of what changes besides status, star, tags and note: ``high priority``, ``remove``."""
        parts: list[str] = []
        if self.priority is not None:
            parts.append(f"{self.priority} priority" if self.priority else "remove the priority")
        if self.due is not None:
            parts.append(f"due {self.due}" if self.due else "remove the due date")
        if self.snoozed_until is not None:
            parts.append(f"snooze until {self.snoozed_until}" if self.snoozed_until else "wake")
        if self.removed is not None:
            parts.append("remove" if self.removed else "restore")
        parts += [f"attach {_names(self.attach)}"] if self.attach else []
        parts += [f"detach {_names(self.detach)}"] if self.detach else []
        if self.citation_key is not None:
            parts.append(f"cite as {self.citation_key}" if self.citation_key else "revert citation key")
        return parts

    def _corrections(self) -> list[str]:
        """Descriptions of the corrections: ``correct title``, ``revert date``."""
        corrected = ", ".join(name for name, text in self.correct if text is not None)
        reverted = ", ".join(name for name, text in self.correct if text is None)
        return [
            *([f"correct {corrected}"] if corrected else []),
            *([f"revert {reverted}"] if reverted else []),
        ]


def _names(files: tuple[str, ...]) -> str:
    return ", ".join(file_name(file) for file in files)
