"""Dates that may lack a day, a month or a year. Missing parts are never invented."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DATE = re.compile(r"(?P<year>\d{4}|XXXX)(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?\Z")
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date of which the year or the finer parts may be unknown.

    Attributes:
        year: four-digit year, or None if unknown.
        month: 1 to 12, or None.
        day: 1 to 31, or None; only with a month.
    """

    year: int | None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.year is None and self.month is None:
            raise ValueError("a date needs a year or a month")
        if self.year is not None and not 1 <= self.year <= 9999:
            raise ValueError(f"{self.year} is not a year")
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError(f"{self.month} is not a month")
        if self.day is not None:
            if self.month is None:
                raise ValueError("a day needs a month")
            last = _DAYS_IN_MONTH[self.month - 1]
            is_missing_leap_day = (
                self.month == 2
                and self.day == 29
                and self.year is not None
                and not (self.year % 4 == 0 and (self.year % 100 != 0 or self.year % 400 == 0))
            )
            if not 1 <= self.day <= last or is_missing_leap_day:
                raise ValueError(f"month {self.month} has no day {self.day}")

    def __str__(self) -> str:
        """The date in EDTF (Library of Congress, level 1): ``2023-10-11``, ``2023-10``, ``2023``, ``XXXX-06-02``."""
        year = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.month is None:
            return year
        if self.day is None:
            return f"{year}-{self.month:02d}"
        return f"{year}-{self.month:02d}-{self.day:02d}"

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Parse the output of ``str``.

        Raises:
            ValueError: the text has another format, or the day does not exist.
        """
        found = _DATE.match(text)
        if found is None:
            raise ValueError(f"{text!r} is not a date (examples: 2023, 2023-10, 2023-10-26)")
        year, month, day = found["year"], found["month"], found["day"]
        return cls(
            None if year == "XXXX" else int(year),
            None if month is None else int(month),
            None if day is None else int(day),
        )

    @property
    def completeness(self) -> int:
        """How many of year, month and day are known: 1 to 3."""
        return 3 - (self.year, self.month, self.day).count(None)
