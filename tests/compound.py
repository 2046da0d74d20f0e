"""A small writer of OLE2 files, for letters as Outlook keeps them: every stream in sectors of its own, small ones too."""

from __future__ import annotations

import struct

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = dict[str, "bytes | Tree"]


def compound(tree: Tree) -> bytes:
    """An OLE2 file with these storages (dicts) and streams (bytes)."""
    entries: list[list[object]] = [["Root Entry", 5, b"", []]]
    _add(entries, 0, tree)
    sectors: list[bytes] = []
    table: list[int] = []
    small = bytearray()
    small_table: list[int] = []
    starts: list[tuple[int, int]] = [(END, 0)]
    for _, kind, data, _ in entries[1:]:
        assert isinstance(data, bytes)
        if kind != 2 or not data:
            starts.append((END if kind == 2 else 0, 0))
        elif len(data) < CUTOFF:
            starts.append((len(small) // MINI, len(data)))
            count = -(-len(data) // MINI)
            small_table += [len(small) // MINI + n + 1 for n in range(count - 1)] + [END]
            small += data.ljust(count * MINI, b"\0")
        else:
            starts.append((_put(sectors, table, data), len(data)))
    mini = _put(sectors, table, bytes(small)) if small else END
    starts[0] = (mini, len(small))
    folder = b"".join(_entry(entries, starts, n) for n in range(len(entries)))
    blank = b"\0" * 64 + b"\0\0" + b"\0\0" + struct.pack("<III", FREE, FREE, FREE) + b"\0" * 48
    at = _put(sectors, table, folder + blank * (-len(entries) % 4))
    small_at = _put(sectors, table, struct.pack(f"<{len(small_table)}I", *small_table), b"\xff") if small_table else END
    need = 1
    while need * 128 < len(table) + need:
        need += 1
    places = [len(table) + n for n in range(need)]
    table += [FAT] * need
    packed = struct.pack(f"<{len(table)}I", *table).ljust(need * SECTOR, b"\xff")
    head = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, need, at, 0, CUTOFF, small_at, 1 if small_table else 0, END, 0)
    head += struct.pack("<109I", *places, *([FREE] * (109 - need)))
    return head + b"".join(sectors) + packed


def _add(entries: list[list[object]], parent: int, tree: Tree) -> None:
    children = entries[parent][3]
    assert isinstance(children, list)
    for name in sorted(tree, key=lambda one: (len(one), one.upper())):
        held = tree[name]
        entries.append([name, 2 if isinstance(held, bytes) else 1, held if isinstance(held, bytes) else b"", []])
        children.append(len(entries) - 1)
        if not isinstance(held, bytes):
            _add(entries, len(entries) - 1, held)


def _put(sectors: list[bytes], table: list[int], data: bytes, fill: bytes = b"\0") -> int:
    start, count = len(sectors), -(-len(data) // SECTOR)
    data = data.ljust(count * SECTOR, fill)
    sectors += [data[n * SECTOR : (n + 1) * SECTOR] for n in range(count)]
    table += [start + n + 1 for n in range(count - 1)] + [END]
    return start


def _entry(entries: list[list[object]], starts: list[tuple[int, int]], number: int) -> bytes:
    """One entry of the directory; the children of a storage hang on each other's right side."""
    name, kind, _, children = entries[number]
    assert isinstance(name, str) and isinstance(kind, int) and isinstance(children, list)
    right = FREE
    for _, _, _, siblings in entries:
        assert isinstance(siblings, list)
        if number in siblings and siblings.index(number) + 1 < len(siblings):
            right = siblings[siblings.index(number) + 1]
    wide = name.encode("utf-16-le") + b"\0\0"
    start, size = starts[number]
    out = wide.ljust(64, b"\0") + struct.pack(
        "<HBBIII", len(wide), kind, 1, FREE, right, children[0] if children else FREE
    )
    return out + b"\0" * 36 + struct.pack("<IQ", start, size)


def letter(
    subject: str,
    body: str,
    sent: int = 0,
    page: bytes = b"",
    files: dict[str, bytes] | None = None,
    more: Tree | None = None,
) -> bytes:
    """A letter of Outlook; ``sent`` is in tenths of a millionth of a second since 1601."""
    return compound(letter_tree(subject, body, sent, page, files, 32) | (more or {}))


def letter_tree(subject: str, body: str, sent: int, page: bytes, files: dict[str, bytes] | None, head: int) -> Tree:
    """The storages and streams of a letter."""
    properties = b"\0" * head + struct.pack("<HHIQ", 0x0040, 0x0039, 6, sent)
    tree: Tree = {"__properties_version1.0": properties, "__substg1.0_0037001F": subject.encode("utf-16-le")}
    tree["__substg1.0_0C1A001F"] = "Ana Hale".encode("utf-16-le")
    if body:
        tree["__substg1.0_1000001F"] = body.encode("utf-16-le")
    if page:
        tree["__substg1.0_10130102"] = page
    for number, (name, data) in enumerate((files or {}).items()):
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": b"\0" * 8,
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            "__substg1.0_37010102": data,
        }
    return tree
