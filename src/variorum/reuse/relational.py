"""The same join of fingerprints as `seeds`, as named SQL steps, for collections that one machine does not hold.

Each step reads the tables of those before it. Two places travel as one number, the first times `PLACE`.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache, partial
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from variorum.engine import Engine
from variorum.records import TABLES, Parallel, table
from variorum.reuse.compare import SEEDS, Comparison, Documents, Whole
from variorum.reuse.seeds import GAP, LINKS, MANY, OFTEN, SHIFT, Seeds
from variorum.reuse.weights import needed_bits
from variorum.reuse.words import Lexicon, read_words

__all__ = ["join"]

PLACE = 2**31
IN_ORDER = "OVER (PARTITION BY a, b ORDER BY at_a, at_b)"
AFTER = (1, 2, 3)
"""A seed is near another when it is so to one of the three after it, as in `seeds.near`."""


def _close(step: int) -> str:
    """SQL: 1 for a seed that is near the one so many after it, whose places are ``a_step`` and ``b_step``."""
    over_a, over_b = f"(a_{step} - at_a)", f"(b_{step} - at_b)"
    near = f"{over_a} BETWEEN 1 AND {GAP} AND abs({over_b}) <= {GAP} AND abs({over_a} - {over_b}) <= {SHIFT}"
    return f"CASE WHEN {near} THEN 1 ELSE 0 END AS close_{step}"


NEXT = ", ".join(f"lead(at_{side}, {n}) {IN_ORDER} AS {side}_{n}" for n in AFTER for side in "ab")
SEED = "a, b, at_a, at_b, first, second, third"
DOCUMENTS = {
    "reuse_order": """
        SELECT witness, row_number() OVER (ORDER BY coalesce(published, ''), witness) - 1 AS document
        FROM reuse_witnesses""",
    "reuse_documents": f"""
        SELECT w.witness, w.text, s.spans AS sentences, n.spans AS names, o.document
        FROM reuse_witnesses w
        JOIN reuse_order o ON w.witness = o.witness
        LEFT JOIN (SELECT witness, array_agg(start * {PLACE} + "end") AS spans
                   FROM sentences GROUP BY witness) s ON w.witness = s.witness
        LEFT JOIN (SELECT witness, array_agg(start * {PLACE} + "end") AS spans
                   FROM (SELECT witness, start, "end" FROM places
                         UNION ALL SELECT witness, start, "end" FROM actors) named
                   GROUP BY witness) n ON w.witness = n.witness""",
}
COUNTS = """
    SELECT word, CAST(sum(times) AS BIGINT) AS times FROM reuse_words GROUP BY word ORDER BY word"""
SEEDS_OF_PAIRS = {
    "reuse_often": f"""
        SELECT print, document FROM reuse_prints GROUP BY print, document HAVING count(*) > {OFTEN}""",
    "reuse_places": """
        SELECT p.*, row_number() OVER (PARTITION BY p.print ORDER BY p.document, p.place) AS rank
        FROM reuse_prints p LEFT JOIN reuse_often o ON p.print = o.print AND p.document = o.document
        WHERE o.print IS NULL""",
    "reuse_sizes": """
        SELECT print, count(DISTINCT document) AS documents
        FROM reuse_places GROUP BY print HAVING count(*) > 1""",
    "reuse_seeds": f"""
        SELECT a.document AS a, b.document AS b, a.place AS at_a, b.place AS at_b, a.first, a.second, a.third
        FROM reuse_places a
        JOIN reuse_sizes s ON a.print = s.print
        JOIN reuse_places b ON a.print = b.print AND a.rank < b.rank
        WHERE s.documents <= {MANY} OR b.rank <= a.rank + {LINKS}""",
    "reuse_close": f"""
        SELECT {SEED}, {", ".join(map(_close, AFTER))} FROM (SELECT {SEED}, {NEXT} FROM reuse_seeds) told""",
    "reuse_near": f"""
        SELECT {SEED} FROM (
            SELECT *, {", ".join(f"lag(close_{n}, {n}, 0) {IN_ORDER} AS met_{n}" for n in AFTER)}
            FROM reuse_close) told
        WHERE {" + ".join(f"close_{n} + met_{n}" for n in AFTER)} > 0""",
    "reuse_gaps": f"""
        SELECT *, coalesce(at_a - lag(at_a) {IN_ORDER}, {GAP + 3}) AS gap FROM reuse_near""",
    "reuse_covered": f"""
        SELECT a, b, CASE WHEN gap > 0 THEN third ELSE 0 END + CASE WHEN gap > 1 THEN second ELSE 0 END
                     + CASE WHEN gap > 2 THEN first ELSE 0 END AS bits,
               sum(CASE WHEN gap > {GAP + 2} THEN 1 ELSE 0 END) {IN_ORDER} AS run
        FROM reuse_gaps""",
    "reuse_strong": """
        SELECT a, b FROM (SELECT a, b, sum(bits) AS bits FROM reuse_covered GROUP BY a, b, run) runs
        GROUP BY a, b HAVING max(bits) >= {least}""",
    "reuse_pairs": f"""
        SELECT n.a, n.b, p.witness AS a_witness, q.witness AS b_witness, p.text AS a_text, q.text AS b_text,
               p.sentences AS a_sentences, q.sentences AS b_sentences, p.names AS a_names, q.names AS b_names,
               n.seeds AS seeds
        FROM (SELECT x.a, x.b, array_agg(x.at_a * {PLACE} + x.at_b) AS seeds
              FROM reuse_near x JOIN reuse_strong s ON x.a = s.a AND x.b = s.b GROUP BY x.a, x.b) n
        JOIN reuse_documents p ON n.a = p.document
        JOIN reuse_documents q ON n.b = q.document
        ORDER BY n.a, n.b""",
}
"""Every step by the name of the table it makes, in order."""

PRINTS = pa.schema(
    [(name, pa.int64()) for name in ("print", "document", "place")]
    + [(name, pa.float64()) for name in ("first", "second", "third")]
)
"""A three of words at its place, with the bits of each."""
WORDS = pa.schema([("word", pa.string()), ("times", pa.int64())])
ODD = np.uint64(0x9E3779B97F4A7C15)
"""An odd number without pattern, the golden ratio's share of 2**64."""


def prints(batch: pa.Table, whole: Whole) -> pa.Table:
    """The fingerprints of some documents; words and threes of words are numbered the same in every process.

    A number has 64 bits: two threes of a collection of a hundred million words bear one number with a chance of about
    one in four thousand.
    """
    made: list[pa.Table] = []
    for document, text in zip(batch["document"].to_pylist(), batch["text"].to_pylist(), strict=True):
        lexicon = Lexicon()
        numbers = np.array(read_words(text, lexicon)[0], np.int32)
        codes = np.array([_code(word) for word in lexicon.words()] or [0], np.uint64)
        bits = whole.bits(lexicon.words())[numbers]
        found = _prints(codes[numbers])
        columns = [found, np.full(len(found), document), np.arange(len(found)), bits[:-2], bits[1:-1], bits[2:]]
        arrays = [pa.array(c[: len(found)], f.type) for c, f in zip(columns, PRINTS, strict=True)]
        made.append(pa.table(arrays, schema=PRINTS))
    return pa.concat_tables(made) if made else PRINTS.empty_table()


@lru_cache(maxsize=1 << 17)
def _code(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _prints(codes: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """A number for every three words in a row, whatever their order."""
    if len(codes) < 3:
        return np.zeros(0, np.int64)
    three = np.sort(np.stack([codes[:-2], codes[1:-1], codes[2:]]), axis=0)
    mixed = three[0]
    for words in three[1:]:
        mixed = (mixed ^ (mixed >> np.uint64(31))) * ODD + words  # modulo 2**64
    made: npt.NDArray[np.int64] = ((mixed ^ (mixed >> np.uint64(29))) * ODD).view(np.int64)
    return made


def words(batch: pa.Table) -> pa.Table:
    """How often some documents have each word."""
    counts: Counter[str] = Counter()
    for text in batch["text"].to_pylist():
        lexicon = Lexicon()
        numbers = read_words(text, lexicon)[0]
        known = lexicon.words()
        counts.update({known[number]: times for number, times in Counter(numbers).items()})
    return pa.table([pa.array(list(counts), pa.string()), pa.array(list(counts.values()), pa.int64())], schema=WORDS)


def pair_rows(batch: pa.Table, whole: Whole) -> pa.Table:
    """The rows of some pairs of documents, of a collection of which only its size and its words are known."""
    found: list[Parallel] = []
    for pair in batch.to_pylist():
        own = pair["a"] == pair["b"]
        sides = ["a"] if own else ["a", "b"]
        documents = Documents(
            [pair[f"{side}_witness"] for side in sides],
            [pair[f"{side}_text"] for side in sides],
            *(
                {pair[f"{side}_witness"]: _spans(held) for side in sides if (held := pair[f"{side}_{name}"])}
                for name in ("sentences", "names")
            ),
        )
        comparison = Comparison(documents, whole)
        places = np.sort(np.array(pair["seeds"], np.int64))
        at_a, at_b = (places // PLACE).astype(np.int32), (places % PLACE).astype(np.int32)
        seeds = Seeds(0, 0 if own else 1, at_a, at_b)
        found += [comparison.row(seeds, passage) for passage in comparison.passages(seeds)]
    return table(Parallel, found)


def _spans(numbers: list[int]) -> list[tuple[int, int]]:
    return [divmod(number, PLACE) for number in sorted(numbers)]


def join(engine: Engine) -> pa.Table:
    """Runs the steps on an engine and gives the rows of `Parallel`."""
    for name in ("sentences", "places", "actors"):
        if not engine.has(name):
            engine.put(name, TABLES[name].schema().empty_table())
    for name, query in DOCUMENTS.items():
        engine.sql(name, query)
    engine.map("reuse_words", words, "reuse_documents", WORDS)
    engine.sql("reuse_counts", COUNTS)
    counts = engine.get("reuse_counts")
    times = dict(zip(counts["word"].to_pylist(), counts["times"].to_pylist(), strict=True))
    whole = Whole(engine.get("reuse_order").num_rows, sum(times.values()), times)
    engine.map("reuse_prints", partial(prints, whole=whole), "reuse_documents", PRINTS)
    least = SEEDS * needed_bits(whole.words, whole.documents)
    for name, query in SEEDS_OF_PAIRS.items():
        engine.sql(name, query.replace("{least}", repr(least)), lasting=name != "reuse_pairs")
    engine.map("reuse_rows", partial(pair_rows, whole=whole), "reuse_pairs", Parallel.schema())
    return engine.get("reuse_rows")
