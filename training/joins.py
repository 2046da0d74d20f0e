"""Learns how accounts are joined into stories, and claims into acts, from news whose joins people marked.

    python training/joins.py ARTICLES MENTIONS INCIDENT_DOCS INCIDENTS --work FOLDER words|stories|pairs|acts

ARTICLES and MENTIONS are those of ECB+ (`marked_events`), INCIDENT_DOCS and INCIDENTS news of shootings and which of
them tell one (SemEval-2018 task 5). ``words`` and ``pairs`` print ``data/news_words.csv`` and ``data/act_pairs.csv``;
``stories`` and ``acts`` print the weights for ``data/stories.toml`` and ``data/acts.toml``. What was found in the
articles is kept in FOLDER: the first run takes about ten minutes on one core, a later one less than two. Nothing is
drawn at random.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from logistic import fit, probabilities
from marked_events import Account, accounts, rows

from variorum import records
from variorum.acts import alike, predicates
from variorum.acts.doings import Doing, Told, doings
from variorum.acts.joining import pairs
from variorum.config import Config
from variorum.edition.annotating import KINDS, _unnested, annotate_rows
from variorum.edition.steps import STEPS
from variorum.edition.witnesses import with_cells, with_parts, witnesses_of
from variorum.engine.duckdb import DuckEngine
from variorum.read.document import Document
from variorum.records import Actor, Parallel
from variorum.sentences import Passage, passages, read
from variorum.stories.likeness import FEATURES, Likeness
from variorum.stories.pairs import candidates
from variorum.stories.stretches import stretches

LEAST_ARTICLES = 4
"""A word in fewer articles is left out of the table of general news: it would name them."""
LEAST_STORIES = 2
"""A pair of predicates is kept when it was counted in so many stories."""
RIDGE = 2.0
AT_ONCE = 32


def engine_of(work: Path, name: str, documents: Iterable[Document]) -> DuckEngine:
    """An engine with the tables of some documents up to what is tied to their sentences, kept below ``work``."""
    engine, folder = DuckEngine(processes=1), work / name
    if not (folder / "sentences.parquet").exists():
        _found(engine, list(documents))
        folder.mkdir(parents=True, exist_ok=True)
        for table in (*records.TABLES, "reuse", "renditions"):
            if engine.has(table):
                pq.write_table(engine.get(table), folder / f"{table}.parquet")
    for path in folder.glob("*.parquet"):
        engine.put(path.stem, pq.read_table(path))
    return engine


def _found(engine: DuckEngine, documents: Sequence[Document]) -> None:
    listed, config = witnesses_of(documents), Config(processes=1)
    known = with_cells(with_parts(listed, documents), "corrections", {})
    known = with_cells(known, "key", {w.witness: w.witness for w in listed})
    made = [annotate_rows(known.slice(at, AT_ONCE), config) for at in range(0, known.num_rows, AT_ONCE)]
    engine.put("witnesses", records.table(records.Witness, listed))
    for name, kind in KINDS.items():
        engine.put(
            name,
            records.table(kind, [r for part in made for r in records.rows(kind, _unnested(part[name], kind.schema()))]),
        )
    engine.put("bindings", records.table(records.Binding, []))
    for step in STEPS[: [step.name for step in STEPS].index("stories")]:
        step.run(engine, config)


# stories -------------------------------------------------------------------------------------------------------------


def news_words(engine: DuckEngine) -> None:
    """Prints in how many articles each word stands."""
    told: dict[str, set[str]] = defaultdict(set)
    for passage in passages(engine):
        for word in passage.words:
            told[word].add(passage.witness)
    articles = len({w for found in told.values() for w in found})
    print("# source: counted in the training topics of ECB+ 1.0 (annotations CC BY 3.0) by training/joins.py; stems")
    print("# articles: in how many articles the word stands; the line without a word is their number. No text is kept.")
    print("word,articles")
    print(f",{articles}")
    for word in sorted(word for word, found in told.items() if len(found) >= LEAST_ARTICLES):
        print(f"{word},{len(told[word])}")


def compared(engine: DuckEngine, story: dict[str, str]) -> tuple[list[tuple[float, ...]], list[bool]]:
    """The features of the pairs of stretches that are compared, and whether they are of one story."""
    items = stretches(passages(engine), read(engine, Actor))
    like = Likeness(items, read(engine, Parallel))
    features, wanted = [], []
    for a, b in candidates(engine, items, like):
        if items[a].witness in story and items[b].witness in story:
            features.append(like.features(items[a], items[b]))
            wanted.append(story[items[a].witness] == story[items[b].witness])
    return features, wanted


def learn_stories(sets: Sequence[tuple[DuckEngine, dict[str, str]]]) -> None:
    """Prints the weights, each set counting alike."""
    features: list[tuple[float, ...]] = []
    wanted: list[bool] = []
    mass: list[float] = []
    for engine, story in sets:
        x, y = compared(engine, story)
        features, wanted, mass = features + x, wanted + y, mass + [2000 / max(1, len(y))] * len(y)
    told(FEATURES, fit(features, wanted, RIDGE, mass), features, wanted)


def told(names: Sequence[str], weights: Any, features: Any, wanted: Sequence[bool]) -> None:
    """Prints weights as they stand in a table, and how well they do."""
    right = np.asarray(wanted)
    print(f"intercept = {weights[-1]:.2f}")
    for name, weight in zip(names, weights[:-1], strict=True):
        print(f'"{name}" = {weight:.2f}')
    score = probabilities(weights, features)
    for bar in (0.3, 0.4, 0.5, 0.6, 0.7):
        hit = (score >= bar) & right
        print(f"# pairs from {bar}: P {hit.sum() / max(1, (score >= bar).sum()):.3f} R {hit.sum() / right.sum():.3f}")


# acts ----------------------------------------------------------------------------------------------------------------


class Marked:
    """The doings of a story that stand at marked events, with the chain of each."""

    def __init__(self, story: str, topic: int, items: list[Doing], chain: dict[int, str]) -> None:
        self.story, self.topic, self.items, self.chain = story, topic, items, chain


def marked(engine: DuckEngine, found: Sequence[Account]) -> Iterator[Marked]:
    """The stories of some accounts."""
    by_witness: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages(engine, passing=True):
        by_witness[passage.witness].append(passage)
    by_story: dict[str, list[Account]] = defaultdict(list)
    for account in found:
        by_story[account.story].append(account)
    for story, listed in sorted(by_story.items()):
        items = doings(p for account in listed for p in by_witness[account.id])
        at = {account.id: account for account in listed}
        chain = {d.number: name for d in items if (name := _chain(at[d.claim.witness], d)) is not None}
        yield Marked(story, listed[0].topic, items, chain)


def _chain(account: Account, doing: Doing) -> str | None:
    """The chain of a doing's trigger; a claim of its own where the sentence is marked and the trigger is not."""
    start, end = doing.claim.trigger_start or 0, doing.claim.trigger_end or 0
    for mention in account.events:
        if mention["start"] < end and start < mention["end"]:
            return str(mention["chain"])
    return None


def counted(stories: Iterable[Marked]) -> dict[tuple[str, str], tuple[int, int]]:
    """For two predicates, in how many stories two accounts tell one act by them, and how many have both in two."""
    together: Counter[tuple[str, str]] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for story in stories:
        seen: dict[tuple[str, str], list[bool]] = defaultdict(list)
        for a, b in combinations([d for d in story.items if d.number in story.chain], 2):
            if a.claim.witness != b.claim.witness:
                key = (min(a.predicate, b.predicate), max(a.predicate, b.predicate))
                seen[key].append(story.chain[a.number] == story.chain[b.number])
        for key, listed in seen.items():
            both[key] += 1
            together[key] += 2 * sum(listed) >= len(listed) if key[0] == key[1] else any(listed)
    return {key: (together[key], number) for key, number in both.items()}


def act_pairs(stories: Sequence[Marked]) -> None:
    """Prints the table of predicates that accounts use of one act."""
    print("# source: counted in the training topics of ECB+ 1.0 (annotations CC BY 3.0) by training/joins.py; stems")
    print("# together: in how many stories two accounts tell one act by these words; stories: in how many both stand.")
    print("a,b,together,stories")
    for (a, b), (together, number) in sorted(counted(stories).items()):
        if (together if a != b else number) >= (1 if a != b else LEAST_STORIES):
            print(f"{a},{b},{together},{number}")


def learn_acts(stories: Sequence[Marked]) -> None:
    """Prints the weights; what is known of predicates comes, for each topic, from the others."""
    features: list[tuple[float, ...]] = []
    wanted: list[bool] = []
    for topic in sorted({story.topic for story in stories}):
        taught = counted(story for story in stories if story.topic != topic)
        teach(taught)
        for story in (one for one in stories if one.topic == topic):
            told_here = Told(story.items)
            for a, b in pairs(story.items):
                if a.number in story.chain and b.number in story.chain:
                    features.append(alike.compare(told_here, a, b))
                    wanted.append(story.chain[a.number] == story.chain[b.number])
    told(alike.FEATURES, fit(features, wanted, RIDGE), features, wanted)


def teach(taught: dict[tuple[str, str], tuple[int, int]]) -> None:
    """Puts other counts in the place of the table ``act_pairs``."""
    listed = tuple(
        {"a": a, "b": b, "together": str(n), "stories": str(of)} for (a, b), (n, of) in taught.items() if n or a == b
    )
    predicates.rows = lambda name: listed if name == "act_pairs" else ROWS(name)  # type: ignore[attr-defined]
    for kept in (predicates._pairs, predicates._akin, predicates._usual):
        kept.cache_clear()


ROWS = predicates.rows  # type: ignore[attr-defined]


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name in ("articles", "mentions", "incident_docs", "incidents"):
        parser.add_argument(name, type=Path)
    parser.add_argument("what", choices=["words", "stories", "pairs", "acts"])
    parser.add_argument("--work", type=Path, required=True)
    asked = parser.parse_args()
    found = accounts(asked.articles, asked.mentions)
    news = engine_of(asked.work, "train", (Document(a.id, a.text, a.id, language="en") for a in found))
    if asked.what == "words":
        news_words(news)
    elif asked.what == "stories":
        docs = (
            Document(r["id"], r["text"], r["id"], title=r["title"], published=r["date"])
            for r in rows(asked.incident_docs)
        )
        shootings = engine_of(asked.work, "incidents", docs)
        home = {d: str(n) for n, r in enumerate(rows(asked.incidents)) for d in r["docs"] if n % 2 == 0}
        learn_stories([(news, {a.id: a.story for a in found}), (shootings, home)])
    else:
        (act_pairs if asked.what == "pairs" else learn_acts)(list(marked(news, found)))


if __name__ == "__main__":
    main()
