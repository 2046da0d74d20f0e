"""The same join of fingerprints as `seeds`, as named SQL steps, for collections that one machine does not hold.

Each step reads the tables of those before it. Two places travel as one number, the first times `PLACE`.
"""

from __future__ import annotations

import zlib
from collections import Counter
from functools import partial

import numpy as np
import pyarrow as pa

from variorum.engine import Engine
from variorum.parallels.compare import Comparison, Documents, Whole
from variorum.parallels.seeds import GAP, LINKS, MANY, OFTEN, SHIFT, Seeds, fingerprints
from variorum.parallels.words import Lexicon, read_words
from variorum.records import TABLES, Parallel, table

__all__ = ["STEPS", "join"]

PLACE = 2**31
STEPS = {
    "parallels_documents": f"""
        SELECT w.witness, w.text, s.spans AS sentences, n.spans AS names,
               row_number() OVER (ORDER BY coalesce(w.published, ''), w.witness) - 1 AS document
        FROM witnesses w
        LEFT JOIN (SELECT witness, array_agg(start * {PLACE} + "end") AS spans
                   FROM sentences GROUP BY witness) s ON w.witness = s.witness
        LEFT JOIN (SELECT witness, array_agg(start * {PLACE} + "end") AS spans
                   FROM (SELECT witness, start, "end" FROM places
                         UNION ALL SELECT witness, start, "end" FROM actors) named
                   GROUP BY witness) n ON w.witness = n.witness""",
    "parallels_often": f"""
        SELECT print, document FROM parallels_prints GROUP BY print, document HAVING count(*) > {OFTEN}""",
    "parallels_places": """
        SELECT p.print, p.document, p.place,
               row_number() OVER (PARTITION BY p.print ORDER BY p.document, p.place) AS rank
        FROM parallels_prints p LEFT JOIN parallels_often o ON p.print = o.print AND p.document = o.document
        WHERE o.print IS NULL""",
    "parallels_sizes": """
        SELECT print, count(DISTINCT document) AS documents
        FROM parallels_places GROUP BY print HAVING count(*) > 1""",
    "parallels_seeds": f"""
        SELECT a.document AS a, b.document AS b, a.place AS at_a, b.place AS at_b
        FROM parallels_places a
        JOIN parallels_sizes s ON a.print = s.print
        JOIN parallels_places b ON a.print = b.print AND a.rank < b.rank
        WHERE s.documents <= {MANY} OR b.rank <= a.rank + {LINKS}""",
    "parallels_near": f"""
        SELECT DISTINCT x.a, x.b, x.at_a, x.at_b
        FROM parallels_seeds x
        JOIN parallels_seeds y ON x.a = y.a AND x.b = y.b
        WHERE (x.at_a < y.at_a OR x.at_a > y.at_a)
          AND y.at_a BETWEEN x.at_a - {GAP} AND x.at_a + {GAP}
          AND y.at_b BETWEEN x.at_b - {GAP} AND x.at_b + {GAP}
          AND abs((x.at_a - y.at_a) - (x.at_b - y.at_b)) <= {SHIFT}""",
    "parallels_pairs": f"""
        SELECT n.a, n.b, p.witness AS a_witness, q.witness AS b_witness, p.text AS a_text, q.text AS b_text,
               p.sentences AS a_sentences, q.sentences AS b_sentences, p.names AS a_names, q.names AS b_names,
               n.seeds AS seeds
        FROM (SELECT a, b, array_agg(at_a * {PLACE} + at_b) AS seeds FROM parallels_near GROUP BY a, b) n
        JOIN parallels_documents p ON n.a = p.document
        JOIN parallels_documents q ON n.b = q.document
        ORDER BY n.a, n.b""",
    "parallels_counts": """
        SELECT word, CAST(sum(times) AS BIGINT) AS times FROM parallels_words GROUP BY word ORDER BY word""",
}
"""Every step by the name of the table it makes, in order; `parallels_prints` and `parallels_words` come from `read`."""

PRINTS = pa.schema([("print", pa.int64()), ("document", pa.int64()), ("place", pa.int64())])
WORDS = pa.schema([("word", pa.string()), ("times", pa.int64())])
BITS = 21


def prints(batch: pa.Table) -> pa.Table:
    """The fingerprints of some documents; words are numbered by a checksum, the same in every process."""
    made: list[pa.Table] = []
    for document, text in zip(batch["document"].to_pylist(), batch["text"].to_pylist(), strict=True):
        lexicon = Lexicon()
        numbers = np.array(read_words(text, lexicon)[0], np.int32)
        codes = np.array([zlib.crc32(word.encode()) >> (32 - BITS) for word in lexicon.words()] or [0], np.int32)
        found = fingerprints(codes[numbers]) if len(numbers) else np.zeros(0, np.int64)
        columns = [found, np.full(len(found), document), np.arange(len(found))]
        made.append(pa.table([pa.array(column, pa.int64()) for column in columns], schema=PRINTS))
    return pa.concat_tables(made) if made else PRINTS.empty_table()


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
    engine.sql("parallels_documents", STEPS["parallels_documents"])
    engine.map("parallels_prints", prints, "parallels_documents", PRINTS)
    engine.map("parallels_words", words, "parallels_documents", WORDS)
    for name, query in STEPS.items():
        if name != "parallels_documents":
            engine.sql(name, query, lasting=name != "parallels_pairs")
    counts = engine.get("parallels_counts")
    times = dict(zip(counts["word"].to_pylist(), counts["times"].to_pylist(), strict=True))
    whole = Whole(engine.get("parallels_documents").num_rows, sum(times.values()), times)
    engine.map("parallels_rows", partial(pair_rows, whole=whole), "parallels_pairs", Parallel.schema())
    return engine.get("parallels_rows")
