"""Parts: what is made story by story is the same in any process, from any engine, and with one account more."""

import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from engines import on_both_engines
from marked import FILLERS, collection
from variorum import acts, events, readings, sentences
from variorum.edition.staging import Staging
from variorum.engine.caching import CachingEngine
from variorum.engine.duckdb import DuckEngine
from variorum.groups import IDENTITIES, hashed, identities
from variorum.records import Claim, Parallel, Story, Tied, Witness, rows, table
from variorum.sentences import banded, counts, homes, opened, parted, passages, stories
from variorum.sentences.counting import sampled
from variorum.sentences.keys import keys_of

WRECK = (
    "The ferry Maid of Asker sank off [Port Asker|town] on {17 November 1998|1998-11-17}. <31|killed> people drowned."
)
FIRE = "The granary of [Tolven|town] burned on {2 June 1995|1995-06-02}. <4|killed> millers died in the flames."
STORIES = {"A": "wreck", "B": "wreck", "C": "fire", "D": "fire", "E": "fire"}
ACCOUNTS = {
    "A": f"{WRECK}\n\n{FILLERS[0]}", "B": f"{WRECK}\n\n{FILLERS[1]}", "C": FIRE, "D": f"{FIRE}\n\n{FILLERS[2]}",
}  # fmt: skip
MORE = {**ACCOUNTS, "E": f"{FIRE} The mill stood."}


def laid_out(accounts: Mapping[str, str], engine: Any = None) -> Any:
    """An engine with the tables of some accounts, each in its story; every claim has a word of its sentence."""
    made = collection(dict(accounts))
    engine = engine or made
    for name in ("witnesses", "sentences", "times", "places", "figures", "quotes"):
        engine.put(name, made.get(name))
    told = rows(Claim, made.get("claims"))
    engine.put("claims", table(Claim, [_worded(claim) for claim in told]))
    texts = {w.witness: w.text for w in rows(Witness, made.get("witnesses"))}
    engine.put("stories", table(Story, [Story(STORIES[w], w, 0, len(t), "", 1.0) for w, t in texts.items()]))
    sentences.run(engine)
    return engine


def _worded(claim: Claim) -> Claim:
    word = next((w for w in ("sank", "drowned", "burned", "died") if w in claim.text), "was")
    at = claim.start + max(0, claim.text.find(word))
    return Claim(claim.witness, claim.start, claim.end, claim.text, claim.claim, "death", word, trigger_start=at)


def run(engine: Any, *steps: Any) -> None:
    """Runs steps, with what they make in the order in which a run keeps it."""
    for step in steps:
        step.run(engine)
        for name in (name for name in ("links", "tells", "events", "doings", "act_links") if engine.has(name)):
            data = engine.get(name)
            plain = [(f.name, "ascending") for f in data.schema if not pa.types.is_nested(f.type)]
            engine.put(name, data.sort_by(plain))


def listed(engine: Any, *names: str) -> dict[str, list[str]]:
    return {name: sorted(map(repr, engine.get(name).to_pylist())) for name in names}


ACTS = ("doings", "act_links")
DRAWN = ("links", "events", "tells", "acts")
READ = ("readings", "verdicts", "tolls")


def cut_all(patch: pytest.MonkeyPatch) -> None:
    """From here on collections of any size are cut into parts."""
    patch.setattr("variorum.readings.parts.WHOLE", 0)
    patch.setattr("variorum.events.grouping.WHOLE", 0)


@on_both_engines
def test_identities_in_sql_are_those_of_python(engine: Any) -> None:
    groups = [["a", "b"], ["b"], ["b"], ["c", "a", "d"], ["d"], ["e"]]
    told = [(f"p{n // 2}", n % 2, hashed(word)) for n, group in enumerate(groups) for word in group]
    engine.put("told", pa.table([list(x) for x in zip(*told, strict=True)], ["part", "number", "word"]))
    engine.sql("named", IDENTITIES.format(over="told", prefix="e"))
    found = engine.get("named").sort_by([("part", "ascending"), ("number", "ascending")])
    assert found["id"].to_pylist() == identities("e", groups)


@on_both_engines
def test_the_home_of_a_sentence_is_its_story(engine: Any) -> None:
    chance = random.Random(7)
    told = [Tied(w, s, s + 5, "", n, 0) for w in "ABCD" for n, s in enumerate(sorted(chance.sample(range(100), 12)))]
    cut = [
        Story(f"s{n}", w, start, start, "", 1.0)
        for w in "ABC" for n, start in enumerate(chance.sample(range(100), 5))
    ]  # fmt: skip
    engine.put("sentences", table(Tied, told))
    engine.put("stories", table(Story, cut))
    engine.put("witnesses", table(Witness, [Witness(w, w, *[None] * 4, "en", "", "", "") for w in "ABCD"]))
    found = {(r["witness"], r["start"]): r["part"] for r in homes(engine).to_pylist()}
    items = passages(engine)
    assert [found[p.witness, p.start] for p in items] == stories(items, cut)


def test_the_sentences_of_parts_are_those_of_the_whole() -> None:
    engine = laid_out(ACCOUNTS)
    ties = ("words", "times", "borrowed", "durations", "figures", "places", "quotes", "claims", "yearly", "near")
    parted(engine, "parts", homes(engine), ties)
    found = [p for part in opened(engine.get("parts")) for p in part.passages(passing=True)]
    for number, passage in enumerate(sorted(found, key=lambda p: (p.witness, p.start))):
        passage.number = number
    assert sorted(found, key=lambda p: p.number) == passages(engine, passing=True)


def keys(accounts: Mapping[str, str]) -> dict[str, str]:
    engine = laid_out(accounts)
    parted(engine, "parts", homes(engine), ("words", "times", "claims"))
    made = engine.get("parts")
    return dict(zip(made["part"].to_pylist(), made["key"].to_pylist(), strict=True))


def test_a_key_is_of_the_rows_of_its_part_only() -> None:
    plain, more = keys(ACCOUNTS), keys(MORE)
    assert plain["wreck"] == more["wreck"]
    assert plain["fire"] != more["fire"]
    assert keys(dict(reversed(MORE.items()))) == more
    assert keys({**MORE, "A": ACCOUNTS["A"].replace("31", "33")})["wreck"] != more["wreck"]


@pytest.fixture
def shop(tmp_path: Path) -> Any:
    with Staging(tmp_path / "edition") as made:
        yield made


@on_both_engines
def test_no_account_gives_no_rows(engine: Any) -> None:
    run(laid_out({}, engine), acts, events, readings)
    assert not any(engine.get(name).num_rows for name in (*ACTS, *DRAWN, *READ))


@pytest.mark.parametrize(("step", "names"), [(acts, ACTS), (events, DRAWN), (readings, READ)])
def test_one_account_more_redoes_its_story_and_gives_what_a_new_run_gives(
    shop: Any, step: Any, names: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_all(monkeypatch)
    monkeypatch.setattr("variorum.sentences.rarity.WHOLE", 0)
    monkeypatch.setattr("variorum.sentences.rarity.STEP", 1000.0)  # so that no count of so few sentences changes
    before = {acts: (), events: (acts,), readings: (acts, events)}[step]
    engine = CachingEngine(DuckEngine(processes=1), shop)
    told = []
    for accounts in (ACCOUNTS, MORE, MORE):
        laid_out(accounts, engine)
        run(engine, *before)
        engine.begin("step", "1")
        run(engine, step)
        told.append((engine.new, listed(engine, *names)))
    fresh = laid_out(MORE)
    run(fresh, *before, step)
    assert told[1][1] == told[2][1] == listed(fresh, *names) != told[0][1]
    maps = 2 if step is events else 1  # what sentences are found by, and what is drawn
    assert [new for new, _ in told] == [2 * maps, maps, 0]


@pytest.mark.parametrize(("steps", "names"), [((acts,), ACTS), ((acts, events, readings), (*DRAWN, *READ))])
def test_two_processes_and_another_order_give_the_same(steps: Any, names: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.engine.duckdb.LEAST_BYTES", 1)
    cut_all(monkeypatch)
    one, two = laid_out(MORE), laid_out(dict(reversed(MORE.items())), DuckEngine(processes=2))
    for engine in (one, two):
        run(engine, *steps)
    assert listed(one, *names) == listed(two, *names)
    assert all(engine.get(name).num_rows for engine in (one, two) for name in names)
    two.close()


@on_both_engines
def test_the_same_acts_and_readings_on_both_engines(engine: Any) -> None:
    plain = laid_out(MORE)
    with pytest.MonkeyPatch.context() as patch:
        cut_all(patch)
        for one in (laid_out(MORE, engine), plain):
            run(one, acts, events, readings)
    assert listed(engine, *ACTS, *DRAWN, *READ) == listed(plain, *ACTS, *DRAWN, *READ)


def test_counts_in_steps_hardly_ever_change_with_one_account_more() -> None:
    before, after = (banded(list(range(1 + more, 3001 + more)), 50_000 + more) for more in (0, 1))
    changed = [n for n, (a, b) in enumerate(zip(before, after, strict=True), 1) if a != b]
    assert changed == [2**k - 1 for k in range(1, 12)]
    assert all(n / 2 <= told <= 2 * n for n, told in enumerate(before, 1))
    assert banded([5, 1000], 2000) == [5, 1000]


def test_events_of_stories_that_do_not_meet_are_drawn_in_parts_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, cut = laid_out(MORE), laid_out(MORE)
    run(whole, acts, events)
    cut_all(monkeypatch)
    run(cut, acts, events)
    assert listed(cut, *DRAWN) == listed(whole, *DRAWN)
    assert sorted(cut.get("events_made")["part"].to_pylist()) == ["fire", "wreck"]
    assert cut.get("events").num_rows > 3


def read_in(engine: Any, whole: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    monkeypatch.setattr("variorum.readings.parts.WHOLE", whole)
    readings.run(engine)
    return listed(engine, *READ)


def test_stories_that_do_not_meet_are_read_in_parts_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = laid_out({**MORE, "B": ACCOUNTS["B"].replace("31", "35"), "D": ACCOUNTS["D"].replace("<4|", "<6|")})
    run(engine, acts, events)
    whole, cut = (read_in(engine, limit, monkeypatch) for limit in (1000, 0))
    assert cut == whole
    assert {v["verdict"] for v in engine.get("verdicts").to_pylist()} >= {"conflict", "agree"}
    assert sorted(engine.get("readings_made")["part"].to_pylist()) == ["fire", "wreck"]


def test_what_shares_its_wording_across_stories_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Witnesses at the quay counted thirty-one lanterns in the water before the fog came down."
    engine = laid_out({"A": f"{WRECK}\n\n{words}", "B": WRECK, "C": f"{FIRE}\n\n{words}", "D": FIRE})
    run(engine, acts, events)
    at = {p.witness: p.start for p in passages(engine) if p.text == words}
    row = Parallel(
        "A", at["A"], at["A"] + len(words), words, "C", at["C"], at["C"] + len(words), words, "verbatim", 99.0
    )
    engine.put("parallels", table(Parallel, [row]))
    whole, cut = (read_in(engine, limit, monkeypatch) for limit in (1000, 0))
    assert cut == whole
    names = sorted(engine.get("readings_made")["part"].to_pylist())
    assert names == ["fire", "wreck", f"~A {at['A']}"]
    assert "same words" in engine.get("verdicts")["rule"].to_pylist()


def counted(frequent: int, size: int, more: int = 0) -> dict[str, int]:
    """What a part is told of words of a collection of accounts of ten sentences, one of which all may have."""
    told = [(f"W{n // 10:05}", n % 10) for n in range(size + more)]
    words = [[f"only{n}", "common", *(["often"] if n % frequent == 0 else [])] for n in range(size + more)]
    engine = DuckEngine(processes=1)
    engine.put(
        "sentences",
        table(Tied, [Tied(w, s, s + 1, "", 0, 0, words=x) for (w, s), x in zip(told, words, strict=True)]),
    )
    home = pa.table([["p"] * len(told), *map(list, zip(*told, strict=True))], ["part", "witness", "start"])
    found = counts(engine, home)["rarity"].to_pylist()
    assert [row["word"] for row in found] == sorted(row["word"] for row in found)
    return {row["word"]: row["n"] for row in found}


def test_words_are_counted_by_a_sample_where_it_has_enough_of_them() -> None:
    small, large = counted(7, 1500), counted(7, 20_000)
    assert (small["common"], small["often"], small["only0"]) == (1500, 215, 1)
    assert large["only0"] == 1
    assert 20_000 / 3 < large["common"] < 60_000
    assert 20_000 / 7 / 3 < large["often"] < 3 * 20_000 / 7


def test_an_account_that_is_not_in_the_sample_changes_no_count_of_a_frequent_word() -> None:
    steps = {more: counted(7, 20_000, 10 * more) for more in range(6)}
    same = [more for more in range(5) if steps[more].items() <= steps[more + 1].items()]
    assert len(same) > 3


def test_the_sample_is_of_whole_accounts_and_does_not_grow() -> None:
    told = [Tied(f"W{n // 10:05}", n % 10, n % 10 + 1, "", 0, 0) for n in range(40_000)]
    random.Random(7).shuffle(told)
    data = table(Tied, told)
    whole, twice = (sampled(data.slice(0, size), np.arange(size)) for size in (20_000, 40_000))
    assert (whole[1], twice[1]) == (4, 8)
    assert all(4000 < len(kept) < 6000 for kept, _ in (whole, twice))
    named = Counter(data["witness"].take(pa.array(twice[0])).to_pylist())
    assert set(named.values()) == {10}
    assert len(sampled(data, np.arange(2000))[0]) == 2000


def test_keys_are_of_the_rows_wherever_they_lie() -> None:
    kind = pa.struct(
        [("name", pa.string()), ("dead", pa.int64()), ("sure", pa.bool_()), ("words", pa.list_(pa.string()))]
    )
    rows = [
        {"name": "Asker", "dead": 31, "sure": True, "words": ["sank", ""]},
        {"name": None, "dead": None, "sure": None, "words": None},
        {"name": "", "dead": 0, "sure": False, "words": []},
        {"name": "Aske", "dead": 31, "sure": True, "words": ["rsank", ""]},
    ]
    chance = random.Random(7)
    parts = [[], *([row] for row in rows), rows, rows[::-1], [chance.choice(rows) for _ in range(40)]]
    alone = [keys_of(["p"], {"ships": pa.array([part], pa.list_(kind))})[0] for part in parts]
    assert len(set(alone)) == len(parts)
    for cut in (0, 1, 5):
        told = pa.array([*parts, *parts], pa.list_(kind))[cut:]
        assert keys_of(["p"] * len(told), {"ships": told}) == [*alone, *alone][cut:]
    assert keys_of(["q"], {"ships": pa.array([rows], pa.list_(kind))}) != alone[5:6]


def test_rows_of_no_part_are_left_out() -> None:
    engine = laid_out(ACCOUNTS)
    more = {"told": pa.table({"part": ["nowhere", "wreck", "nowhere"], "n": [1, 2, 3]})}
    parted(engine, "parts", homes(engine), ("words",), more)
    told = {part.name: part.tables["told"]["n"].to_pylist() for part in opened(engine.get("parts"))}
    assert told == {"fire": [], "wreck": [2]}
