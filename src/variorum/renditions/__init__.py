"""Renditions: the same utterance in another translation, retelling or quotation.

Sentences of two witnesses are compared by words and letters (`likeness`), chained where they follow each other on both
sides (`chains`), and quoted strings stand as units of their own (`find`). A paraphrase that shares no words with its
source cannot be told from another sentence on the same subject, and is not promised.

Witnesses become rows that hold all that is needed of them (`accounts`), so that two can be compared anywhere.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import partial

import pyarrow as pa

from variorum.config import Config
from variorum.engine import Engine
from variorum.languages import offers
from variorum.lists import toml
from variorum.records import TABLES, Parallel
from variorum.renditions.accounts import ACCOUNTS, SHIFT, WORDS, keyed, laid_out, spread, stems_of, weighed
from variorum.renditions.accounts import STEMS as STEMMED
from variorum.renditions.embedding import load_encoder
from variorum.renditions.find import Account, renditions
from variorum.renditions.words import Rarity

__all__ = ["STEPS", "run"]

_SET = toml("renditions")["partners"]
ALL_PAIRS: int = _SET["all_pairs"]
PARTNERS: int = _SET["partners"]
RARE: int = _SET["rare"]

STEPS = {
    "rendition_bare": f"""
        SELECT w.witness, w.text, s.spans AS sentences, q.spans AS quotes, n.names
        FROM rendition_witnesses w
        LEFT JOIN (SELECT witness, array_agg(start * {SHIFT} + "end") AS spans
                   FROM sentences GROUP BY witness) s ON w.witness = s.witness
        LEFT JOIN (SELECT witness, array_agg(start * {SHIFT} + "end") AS spans
                   FROM quotes WHERE direct GROUP BY witness) q ON w.witness = q.witness
        LEFT JOIN (SELECT witness, array_agg(DISTINCT text) AS names
                   FROM (SELECT witness, text FROM places UNION ALL SELECT witness, text FROM actors) named
                   GROUP BY witness) n ON w.witness = n.witness""",
    "rendition_held": """
        SELECT t.key, t.witness, t.text, t.sentences, t.quotes, s.names, s.words
        FROM rendition_texts t JOIN rendition_stems s ON t.key = s.key""",
    "rendition_counts": """
        SELECT word, CAST(SUM(sentences) AS BIGINT) AS sentences, COUNT(*) AS accounts
        FROM rendition_words GROUP BY word""",
    "rendition_size": "SELECT COUNT(*) AS sentences FROM sentences",
    "rendition_shared": """
        SELECT x.witness AS a, y.witness AS b, CAST(SUM(r.bits) AS BIGINT) AS bits
        FROM rendition_words x
        JOIN rendition_rare r ON x.word = r.word
        JOIN rendition_words y ON x.word = y.word AND x.witness < y.witness
        GROUP BY x.witness, y.witness""",
    "rendition_best": f"""
        SELECT DISTINCT LEAST(one, other) AS a, GREATEST(one, other) AS b
        FROM (SELECT one, other, ROW_NUMBER() OVER (PARTITION BY one ORDER BY bits DESC, other) AS place
              FROM (SELECT a AS one, b AS other, bits FROM rendition_shared
                    UNION ALL SELECT b AS one, a AS other, bits FROM rendition_shared) ways) ranked
        WHERE place <= {PARTNERS}""",
    "rendition_all": """
        SELECT x.witness AS a, y.witness AS b FROM rendition_witnesses x
        JOIN rendition_witnesses y ON x.witness < y.witness""",
}
"""The relational steps by the name of the table that each makes."""

SIDES = ", ".join(f"{side}.{name} AS {side}_{name}" for side in "ab" for name in ACCOUNTS.names)
PAIRS = f"""
SELECT concat(a.key, b.key) AS key, {SIDES}
FROM {{pairs}} p JOIN rendition_accounts a ON p.a = a.witness JOIN rendition_accounts b ON p.b = b.witness
ORDER BY a_witness, b_witness"""
RARE_WORDS = pa.schema([("word", pa.string()), ("bits", pa.int64())])
FOUND = pa.schema([pa.field("key", pa.string()), *Parallel.schema()])


def run(engine: Engine, config: Config) -> None:
    """Reads ``witnesses``, ``sentences``, ``quotes``, ``places``, ``actors``; writes ``renditions``.

    Every two of up to `ALL_PAIRS` witnesses are compared; in larger collections each witness with the `PARTNERS` that
    share most rare words with it. Of a witness of very many sentences only the first are read.
    """
    if config.embedding_model:
        load_encoder(config.embedding_model)  # what is wrong with it is said before the work begins
    for name in ("quotes", "places", "actors"):
        if not engine.has(name):
            engine.put(name, TABLES[name].schema().empty_table())
    engine.put("rendition_witnesses", readable(engine.get("witnesses")))
    _put_accounts(engine)
    few = engine.get("rendition_witnesses").num_rows <= ALL_PAIRS
    for name in ("rendition_all",) if few else ("rendition_shared", "rendition_best"):
        engine.sql(name, STEPS[name])
    engine.sql("rendition_pairs", PAIRS.format(pairs="rendition_all" if few else "rendition_best"), lasting=False)
    compare = partial(pair_rows, model=config.embedding_model)
    engine.map("renditions_found", compare, "rendition_pairs", FOUND, keyed=True)
    engine.sql("renditions", f"SELECT {', '.join(Parallel.schema().names)} FROM renditions_found")


def readable(witnesses: pa.Table) -> pa.Table:
    """The witnesses in a language whose sentences can be compared by their words."""
    return witnesses.filter(
        pa.array([offers(one, "renditions") for one in witnesses["language"].to_pylist()], pa.bool_())
    )


def _put_accounts(engine: Engine) -> None:
    """The accounts as rows, and the stems that few of them share."""
    engine.sql("rendition_bare", STEPS["rendition_bare"])
    engine.put("rendition_texts", keyed(engine.get("rendition_bare")))
    engine.map("rendition_stems", stems_of, "rendition_texts", STEMMED, keyed=True)
    engine.map("rendition_words", spread, "rendition_stems", WORDS)
    engine.sql("rendition_counts", STEPS["rendition_counts"])
    engine.sql("rendition_size", STEPS["rendition_size"])
    words, sentences, accounts = (
        engine.get("rendition_counts")[name].to_pylist() for name in ("word", "sentences", "accounts")
    )
    size = engine.get("rendition_size")["sentences"][0].as_py()
    rarity = Rarity(size, dict(zip(words, sentences, strict=True)))
    rare = [word for word, number in zip(words, accounts, strict=True) if 1 < number <= RARE]
    engine.put("rendition_rare", pa.table([rare, [round(rarity.bits(word)) for word in rare]], schema=RARE_WORDS))
    engine.sql("rendition_held", STEPS["rendition_held"], lasting=False)
    engine.map("rendition_accounts", partial(weighed, rarity=rarity), "rendition_held", ACCOUNTS)


_SHELF: OrderedDict[str, Account] = OrderedDict()
"""The accounts last laid out in this process: a witness stands in several pairs that follow each other."""
ROOM = 1024


def _account(batch: pa.Table, row: int, side: str, key: str) -> Account:
    if key in _SHELF:
        _SHELF.move_to_end(key)
    else:
        _SHELF[key] = laid_out({name: batch[f"{side}_{name}"][row].as_py() for name in ACCOUNTS.names})
        if len(_SHELF) > ROOM:
            _SHELF.popitem(last=False)
    return _SHELF[key]


def pair_rows(batch: pa.Table, model: str | None) -> pa.Table:
    """The renditions of some pairs of accounts, with the key of their pair."""
    encoder = load_encoder(model) if model else None
    keys, *sides = (batch[name].to_pylist() for name in ("key", "a_key", "b_key"))
    made = []
    for number, (key, a, b) in enumerate(zip(keys, *sides, strict=True)):
        found = renditions(_account(batch, number, "a", a), _account(batch, number, "b", b), encoder)
        made += [{"key": key, **row.to_dict()} for row in found]
    return pa.Table.from_pylist(made, FOUND)
