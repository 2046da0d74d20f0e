"""What parts are told of the whole collection: how many of its sentences have a word, and how many times meet another.

All counts are told in steps. Those of words that many sentences have are taken from a sample of the accounts, which is
the same in any order and with one account more unless that one is in it: so one account more changes few parts. Words
are counted as numbers, without a Python object for each.
"""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from variorum.dates import interval
from variorum.engine import Engine
from variorum.lists import toml
from variorum.records import Time
from variorum.sentences.parted import tied, tied_to
from variorum.sentences.rarity import WHOLE, banded

__all__ = ["counts", "sampled", "told_of"]

Numbers = npt.NDArray[np.int64]
SAMPLE: int = toml("limits")["parts"]["sample"]
BLOCK: int = toml("limits")["parts"]["block"]
SEEN: int = toml("limits")["parts"]["seen"]
OFF: float = toml("limits")["parts"]["off"]


def counts(engine: Engine, home: pa.Table, every: pa.Table | None = None, times: bool = True) -> dict[str, pa.Table]:
    """The tables of which `variorum.sentences.Part.counts` makes what a part is told of the whole.

    ``home`` has the sentences of each part (``part``, ``witness``, ``start``), ``every`` all sentences, where the parts
    together have not; each counts once. With ``times`` a part is also told of its times.
    """
    sentences = tied(engine)
    names = pc.unique(home["part"]).sort()
    at = _rows(sentences, home)
    part = pc.index_in(home["part"], names).to_numpy().astype(np.int64)
    told = _distinct(at if every is None else _rows(sentences, every))
    size = len(told)
    dated, meeting = _moments(engine, home if times else home.slice(0, 0), sentences.take(told), size)
    steps = banded([size], size)[0] if size else 0
    sizes = pa.table([names, *(pa.array([n] * len(names), pa.int64()) for n in (steps, dated))], ["part", "n", "dated"])
    return {"size": sizes, "rarity": _words(sentences, names, part, at, told), "moments": meeting}


def _rows(sentences: pa.Table, wanted: pa.Table) -> Numbers:
    """The place of each wanted sentence (``witness``, ``start``) in the table."""
    names = pc.unique(sentences["witness"])
    most = 1 + (pc.max(sentences["start"]).as_py() or 0)
    known, asked = (_coded(data["witness"], names) * most + data["start"].to_numpy() for data in (sentences, wanted))
    order = np.argsort(known, kind="stable")
    return np.asarray(order[np.searchsorted(known, asked, sorter=order)], np.int64)


def _distinct(numbers: Numbers) -> Numbers:
    """The numbers in rising order, each once."""
    numbers = np.sort(numbers)
    return numbers[np.flatnonzero(np.diff(numbers, prepend=-1))]


def _coded(column: pa.ChunkedArray, names: pa.Array) -> Numbers:
    return np.asarray(pc.index_in(column, names).to_numpy(), np.int64)


def _words(sentences: pa.Table, names: pa.Array, part: Numbers, at: Numbers, told: Numbers) -> pa.Table:
    """The words of each part (``part``, ``word``) with ``n``, in how many of the sentences ``told`` they are."""
    column = sentences["words"].combine_chunks()
    encoded = pc.list_flatten(column).dictionary_encode()
    order = pc.sort_indices(encoded.dictionary).to_numpy()
    words = encoded.dictionary.take(order)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    parents = pc.list_parent_indices(column).to_numpy().astype(np.int64)
    rows, codes = np.divmod(_distinct(parents * len(words) + rank[encoded.indices.to_numpy()]), max(1, len(words)))
    first = np.searchsorted(rows, np.arange(len(column) + 1))
    held = np.zeros(len(column), bool)
    held[told] = True
    seen = np.zeros(len(column), bool)
    kept, share = sampled(sentences, told)
    seen[kept] = True
    every, some = (np.bincount(codes[mask[rows]], minlength=len(words)) for mask in (held, seen))
    sizes = first[at + 1] - first[at]
    places = np.arange(sizes.sum()) + np.repeat(first[at] - np.cumsum(sizes) + sizes, sizes)
    parts, own = np.divmod(_distinct(np.repeat(part, sizes) * len(words) + codes[places]), max(1, len(words)))
    steps = np.array(banded(told_of(every, some, share).tolist(), len(told)), np.int64)
    return pa.table([names.take(parts), words.take(own), steps[own]], ["part", "word", "n"])


def told_of(every: Numbers, some: Numbers, share: int) -> Numbers:
    """What is told of the numbers of sentences with a word: by the sample, where enough of them are in it.

    ``some`` are the numbers in a sample of one in ``share``. A word that it has too seldom, or of which it says more
    than twice too much or too little (one that few accounts tell, in many sentences), is counted in the whole.

    >>> told_of(np.array([3, 100, 101, 100]), np.array([1, 12, 12, 40]), 8).tolist()
    [3, 96, 96, 100]
    """
    by_sample = some * share
    near = (some >= SEEN) & (by_sample <= OFF * every) & (every <= OFF * by_sample)
    return np.where(near, by_sample, every)


def sampled(sentences: pa.Table, told: Numbers) -> tuple[Numbers, int]:
    """The sentences in the sample of those ``told``, by their places, and of how many it has one.

    Whole accounts are taken, by a hash of their ids; of long ones some stretches. In larger collections a smaller share
    is taken, so that the sample does not grow.
    """
    share = 1 << max(0, (len(told) // SAMPLE).bit_length() - 1)
    if share == 1 or len(told) <= WHOLE:
        return told, 1
    names = pc.unique(sentences["witness"])
    codes = _coded(sentences["witness"], names)[told]
    order = np.lexsort((sentences["start"].to_numpy()[told], codes))
    codes = codes[order]
    ordinal = np.arange(len(codes)) - np.searchsorted(codes, codes)
    stretches, number = np.unique(np.stack([codes, ordinal // BLOCK]), axis=1, return_inverse=True)
    ids = names.to_pylist()
    chosen = np.array([_hash(ids[code], block) % share == 0 for code, block in stretches.T.tolist()], bool)
    return told[order[chosen[number.ravel()]]], share


def _hash(witness: str, block: int) -> int:
    name = f"{witness} {block}".encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest())


def _moments(engine: Engine, home: pa.Table, every: pa.Table, size: int) -> tuple[int, pa.Table]:
    """How many times sentences tell, and for the intervals that a part has or borrows how many of them they meet."""
    times = engine.get("times") if engine.has("times") else Time.schema().empty_table()
    days = {edtf: interval(edtf) for edtf in times["edtf"].unique().to_pylist()}
    known = pa.array([edtf for edtf, when in days.items() if when is not None], pa.string())
    lasting = pc.is_in(times["type"], pa.array(["DURATION", "SET"]))
    times = times.filter(pc.and_(pc.is_in(times["edtf"], known), pc.invert(lasting))).select(
        ["witness", "start", "edtf"]
    )
    held_by = {
        tie: _once(tied_to(tied(engine), tie)).join(times, ["witness", "item"], ["witness", "start"], join_type="inner")
        for tie in ("times", "borrowed")
    }
    own = (
        every.select(["witness", "start"])
        .join(held_by["times"], ["witness", "start"], join_type="inner")["edtf"]
        .value_counts()
    )
    often = dict(zip(own.field("values").to_pylist(), own.field("counts").to_pylist(), strict=True))
    firsts, afters = (
        np.sort(np.repeat([getattr(days[e], name) for e in often], list(often.values()))) for name in ("first", "after")
    )
    told = pa.concat_tables([one.select(["witness", "start", "edtf"]) for one in held_by.values()])
    held = _once(home.join(told, ["witness", "start"], join_type="inner").select(["part", "edtf"]))
    held = held.sort_by([("part", "ascending"), ("edtf", "ascending")])
    names = held["edtf"].unique().to_pylist()
    spans = np.array([days[e] for e in names], float).reshape(-1, 2)
    met = np.searchsorted(firsts, spans[:, 1], "left") - np.searchsorted(afters, spans[:, 0], "right")
    steps = banded([max(1, int(n)) for n in met], size)
    rows = pa.table(
        [pa.array(names, pa.string()), spans[:, 0], spans[:, 1], pa.array(steps, pa.int64())],
        ["edtf", "first", "after", "n"],
    )
    found = rows.take(pc.index_in(held["edtf"], rows["edtf"])).append_column("part", held["part"])
    return banded([max(1, len(firsts))], size)[0], found.drop_columns(["edtf"])


def _once(data: pa.Table) -> pa.Table:
    return data.group_by(data.column_names).aggregate([])
