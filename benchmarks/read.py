"""Reading, measured: a folder of files of every kind, and large files, with seconds and memory.

    python benchmarks/read.py [--files 40] [--large]

Each file holds an account of its own, 40 sentences long, so that what is lost is seen; beside them lie files that are
no accounts, each of which must be said. ``--large`` adds files of 50 and 500 megabytes and tables of 100,000 rows.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from samples import SAMPLES, pack  # noqa: E402
from variorum import read  # noqa: E402
from variorum.config import Config  # noqa: E402

SENTENCES = 40
PLACES = ("Tolven", "Merrow", "Port Asker", "Besk", "Duns", "Hale Point", "Kettle Bay", "Moss Quay")
NO_ACCOUNTS: dict[str, Callable[[], bytes]] = {
    "tool.py": lambda: b"import os\nprint(os.getcwd())\n",
    "quay.jpg": lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(2000),
    "speech.mp3": lambda: b"ID3\3\0\0\0" + bytes(2000),
    "empty.txt": lambda: b"",
    "broken.pdf": lambda: b"%PDF-1.7 broken",
    "broken.docx": lambda: pack({"word/document.xml": b"<w"}),
    "numbers.csv": lambda: b"time,x,y\n" + b"1,2,3\n" * 50,
    "key.txt": lambda: b"VGhlIHF1YXkgYnJva2Ugb24gNCBNYXkgMTk2MSwga2lsbGluZw==\n" * 20,
    "slides.pptx": lambda: pack({"ppt/presentation.xml": b"<p/>"}),
    "old.rar": lambda: b"Rar!\x1a\x07\0" + bytes(200),
}
"""Files that are no accounts; each must be said."""


def words(number: int) -> str:
    """An account that no other is like."""
    told = []
    for day in range(1, SENTENCES + 1):
        place = PLACES[(number + day) % len(PLACES)]
        told.append(
            f"On {day} May {1900 + number} {number * 7 + day} men left the quay of {place}, and {day} came back."
        )
    return " ".join(told)


def folder(at: Path, files: int) -> dict[str, str]:
    """A folder of so many accounts, and of what is none; by name the last words of each account."""
    made = {}
    for number in range(files):
        ending = read.ENDINGS[number % len(read.ENDINGS)]
        text = words(number)
        if ending in (".vtt", ".srt", ".sbv"):
            text = text[: text.index(".") + 1]
        name = f"account{number}{ending}"
        (at / name).write_bytes(SAMPLES[ending](text))
        made[name] = text.rsplit(" On ", 1)[-1]
    for name, data in NO_ACCOUNTS.items():
        (at / name).write_bytes(data())
    return made


def measured(at: Path, config: Config | None = None) -> tuple[read.Found, float, float]:
    """What was read, the seconds that it took, and how many megabytes more the process then held at most."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    found = read.accounts([at], config)
    seconds = time.perf_counter() - begun
    return found, seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000


def of_every_kind(files: int) -> None:
    """A folder of files of every kind."""
    with tempfile.TemporaryDirectory() as name:
        made = folder(Path(name), files)
        found, seconds, memory = measured(Path(name))
    lost = [one for one, last in made.items() if sum(last in d.text for d in found.documents) != 1]
    told = " ".join(p.message for p in found.problems)
    silent = [one for one in NO_ACCOUNTS if one not in told]
    rows = {row.file for row in found.files}
    silent += [one for one in [*made, *NO_ACCOUNTS] if one not in rows]
    what = f"{files} accounts of {min(files, len(read.ENDINGS))} kinds, {len(NO_ACCOUNTS)} others"
    print(f"| {what} | {seconds:.1f} | {memory:.0f} | {len(lost)} | {len(silent)} |")
    for one in [*lost, *silent]:
        print(f"  lost or silent: {one}", file=sys.stderr)


def large(at: Path) -> dict[str, Callable[[Path], object]]:
    """Large files by name, each with what writes it."""
    row = json.dumps({"id": "x", "date": "1961-05-04", "text": words(1)[:2000]})
    mail = (
        b"From a@b.example Thu May  4 07:00:00 1961\nFrom: a@b.example\nSubject: x\n\n"
        + words(2).encode()[:2000]
        + b"\n\n"
    )
    return {
        "rows.jsonl": lambda p: p.write_text(
            "".join(row.replace('"x"', f'"{n}"').replace("1901", str(n)) + "\n" for n in range(50_000))
        ),
        "rows.csv": lambda p: p.write_text(
            "id;text\n" + "".join(f'{n};"{n} men left, {words(n % 9)[:900]}"\n' for n in range(100_000))
        ),
        "box.mbox": lambda p: p.write_bytes(b"".join(mail.replace(b"1902", b"%d" % n) for n in range(20_000))),
        "book.rtf": lambda p: p.write_bytes(
            b"{\\rtf1\\ansi "
            + b"".join(b"%d men left the quay, \\'93they\\'94 said.\\par " % n for n in range(400_000))
            + b"}"
        ),
        "huge.txt": lambda p: p.write_bytes(b"") or os.truncate(p, 500_000_000),
    }


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--large", action="store_true")
    given = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print("| what | seconds | MB more at most | lost | silent |\n| --- | --- | --- | --- | --- |")
    for files in dict.fromkeys((given.files, len(read.ENDINGS), 10 * len(read.ENDINGS))):
        of_every_kind(files)
    if not given.large:
        return
    with tempfile.TemporaryDirectory() as name:
        for file, write in large(Path(name)).items():
            at = Path(name) / file.replace(".", "-")
            at.mkdir()
            (at / "good.txt").write_text("The quay is calm.")
            write(at / file)
            size = (at / file).stat().st_size / 1e6
            found, seconds, memory = measured(at)
            said = f", {len(found.problems)} problems" if found.problems else ""
            what = f"{file} ({size:.0f} MB): {len(found.documents) - 1} accounts{said}"
            print(f"| {what} | {seconds:.1f} | {memory:.0f} | | |", flush=True)
            (at / file).unlink()


if __name__ == "__main__":
    main()
