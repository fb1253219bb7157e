"""The program that reads first pages: paths on standard input, texts on standard output, as lines of JSON.

A process of its own, so that a PDF that takes minutes or gigabytes can be given up. Imports nothing of readlist.
"""

from __future__ import annotations

import json
import os
import resource
import sys

_LARGEST_FILE = 200_000_000  # bytes
_LONGEST_TEXT = 20_000  # characters
_MEMORY = 2_000_000_000  # bytes


def first_page(path: str) -> dict[str, str]:
    """The text of the first page, or why it cannot be read.

    Args:
        path: the file.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - an optional package, which the caller has looked for
    from pypdf.errors import DependencyError  # noqa: PLC0415 - see above

    try:
        if os.path.getsize(path) > _LARGEST_FILE:  # noqa: PTH202 - no other import than needed
            return {"error": f"larger than {_LARGEST_FILE // 1_000_000} MB"}
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"error": "protected by a password"}
        return {"text": reader.pages[0].extract_text()[:_LONGEST_TEXT].strip()}
    except DependencyError:
        return {"error": "encrypted"}
    except MemoryError:
        return {"error": "too large to read"}
    except OSError as error:
        return {"error": (error.strerror or str(error)).lower()}
    except Exception:  # noqa: BLE001 - a damaged file may raise anything
        return {"error": "damaged"}


def main() -> None:
    """Answer every line of standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.RLIM_INFINITY))
    for line in sys.stdin:
        answer = json.dumps(first_page(json.loads(line))).encode() + b"\n"
        while answer:
            answer = answer[os.write(sys.stdout.fileno(), answer) :]


if __name__ == "__main__":
    main()
