"""Events: what belongs together, what differs, parts and wholes, lineages, labels."""

from typing import Any

import pytest

from casebook import cases
from engines import on_both_engines
from marked import collated, collection, filled
from variorum import events, sentences, stories
from variorum.dates import interval
from variorum.engine.duckdb import DuckEngine
from variorum.events.apart import scored
from variorum.events.assign import Doing
from variorum.events.label import draw
from variorum.events.link import Joined
from variorum.events.naming import type_of
from variorum.events.retelling import retold
from variorum.events.unions import united
from variorum.linkage import clusters
from variorum.records import Claim, Parallel, Shared, table
from variorum.sentences import Dated, Passage


def told(engine: DuckEngine) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in engine.get("tells").to_pylist():
        found.setdefault(row["claim"], set()).add(row["event"])
    return found


@pytest.mark.parametrize("case", cases("events"))
def test_together_and_apart(case: dict) -> None:
    engine = collated(filled(case["accounts"]))
    found = told(engine)
    claims = set(engine.get("claims")["claim"].to_pylist())
    assert case["together"] or case["apart"]
    for a, m, b, n in case["together"]:
        assert found.get(f"{a}.c{m}", set()) & found.get(f"{b}.c{n}", set())
    for a, m, b, n in case["apart"]:
        assert {f"{a}.c{m}", f"{b}.c{n}"} <= claims
        assert not found.get(f"{a}.c{m}", set()) & found.get(f"{b}.c{n}", set())


def test_empty_tables_give_empty_tables() -> None:
    engine = DuckEngine(processes=1)
    sentences.run(engine)
    events.run(engine)
    assert [engine.get(n).num_rows for n in ("links", "events", "tells")] == [0, 0, 0]


WRECK = "The ferry Maid of Asker sank off [Port Asker|town] on {17 November 1998|1998-11-17} in heavy seas."


def the_event(engine: DuckEngine) -> dict:
    sentences.run(engine)
    events.run(engine)
    return max(engine.get("events").to_pylist(), key=lambda e: e["witnesses"])


def test_the_label_is_shared_words_place_and_date() -> None:
    event = the_event(collection(filled({"A": WRECK, "B": WRECK})))
    assert event["label"] == "“ferry”, “heavy” (both accounts), Port Asker, 17 November 1998"
    assert (event["witnesses"], event["lineages"], event["date"]) == (2, 2, "1998-11-17")


def test_witnesses_of_one_lineage_count_once() -> None:
    engine = collection(filled({"A": WRECK, "B": WRECK}))
    end = engine.get("sentences").to_pylist()[0]["end"]
    engine.put("shared", table(Shared, [Shared("A", 0, end, "A.0"), Shared("B", 0, end, "A.0")]))
    event = the_event(engine)
    assert (event["witnesses"], event["lineages"]) == (2, 1)


def test_the_days_of_a_list_are_a_sum_with_parts() -> None:
    total = (
        "Rockets hit [Asker|town] on {4|1998-11-04}, {11|1998-11-11} and {17 November 1998|1998-11-17}, a grave week."
    )
    part = "On {11 November 1998|1998-11-11} a pig strayed into the market of [Asker|town]."
    engine = collection(filled({"A": total, "B": part}))
    sentences.run(engine)
    events.run(engine)
    listed = engine.get("events").to_pylist()
    whole = next(e for e in listed if e["kind"] == "sum")
    act = next(e for e in listed if e["date"] == "1998-11-11" and e["kind"] == "act")
    assert act["part_of"] == whole["event"]


def test_links_say_why() -> None:
    other = "\n\nOn {3 May 1999|1999-05-03} the herring fair opened. On {9 June 1999|1999-06-09} it closed."
    engine = collection(filled({"A": WRECK + other, "B": WRECK}))
    sentences.run(engine)
    events.run(engine)
    link = max(engine.get("links").to_pylist(), key=lambda x: x["score"])
    assert "both have “" in link["why"]
    assert "17 November 1998" in link["why"]


def test_average_linkage_does_not_chain() -> None:
    pairs = [(i, i + 1, 0.5) for i in range(6)]
    assert max(clusters(7, pairs, 0.3).count(n) for n in range(7)) <= 2


def test_clusters_do_not_depend_on_the_order_of_pairs() -> None:
    pairs = [(0, 1, 0.9), (2, 3, 0.8), (1, 2, 0.4), (0, 2, 0.5), (4, 5, 0.7)]
    assert clusters(6, pairs, 0.3) == clusters(6, pairs[::-1], 0.3)


@on_both_engines
def test_the_same_events_on_both_engines(engine: Any) -> None:
    made = collection(
        filled({"A": WRECK, "B": WRECK, "C": "A barge sank off [Tolven|town] on {2 June 1995|1995-06-02}."})
    )
    sentences.run(made)
    events.run(made)
    for name in ("witnesses", "sentences", "times", "places", "figures", "quotes", "claims"):
        engine.put(name, made.get(name))
    sentences.run(engine)
    events.run(engine)
    assert engine.get("events").to_pylist() == made.get("events").to_pylist()
    assert engine.get("links").to_pylist() == made.get("links").to_pylist()


def test_acts_that_a_sum_counts_are_parted_from_it() -> None:
    total = (
        "Rockets hit the granary of [Asker|town] on {4|1998-11-04}, {11|1998-11-11} and {17 November 1998|1998-11-17}."
    )
    acts = "On {11 November 1998|1998-11-11} rockets hit the granary of [Asker|town].\n\nOn {17 November 1998|1998-11-17} rockets hit the granary of [Asker|town]."
    engine = collection(filled({"A": total, "B": acts}))
    sentences.run(engine)
    events.run(engine)
    found, listed = told(engine), {e["event"]: e for e in engine.get("events").to_pylist()}
    [first], [second] = found["B.c0"], found["B.c1"]
    assert first != second
    assert listed[first]["part_of"] == listed[second]["part_of"] is not None
    assert listed[first]["part_of"] in found["A.c0"]
    assert {first, second} < found["A.c0"]


def test_ids_are_of_words_and_stay_when_an_account_is_added() -> None:
    raid = "On {4 May 1999|1999-05-04} raiders burned the windmill of [Tolven|town] and drove off the miller's oxen."
    quake = "An earthquake destroyed the old bridge of [Merrow|town] on {8 May 1977|1977-05-08}."
    two = filled({"B": WRECK + "\n\n" + raid, "C": quake})
    alone = collated(two)
    renamed = collated({"Z": two["C"], "Y": two["B"]})
    more = collated({"A": "A choir sang. " + raid, **two})
    ids = {e["event"] for e in alone.get("events").to_pylist()}
    assert len(ids) > 2
    assert ids == {e["event"] for e in renamed.get("events").to_pylist()}
    kept = {e["event"] for e in more.get("events").to_pylist()}
    assert len(ids - kept) <= 1
    acts = [{a["act"] for a in one.get("acts").to_pylist()} for one in (alone, renamed, more)]
    assert acts[0] == acts[1]
    assert len(acts[0] - acts[2]) <= 1


def test_passages_are_those_of_the_tables_as_they_are() -> None:
    engine = collection(filled({"A": WRECK, "B": WRECK}))
    sentences.run(engine)
    first, again = sentences.passages(engine), sentences.passages(engine)
    assert first == again
    assert first[0].claims
    engine.put("claims", table(Claim, []))
    assert not sentences.passages(engine)[0].claims


def test_a_date_is_told_or_inherited() -> None:
    told = "On {4 May 1999|1999-05-04} raiders burned the windmill of [Tolven|town]."
    engine = collection(filled({"A": told, "B": told, "C": WRECK}))
    sentences.run(engine)
    events.run(engine)
    listed = engine.get("events").to_pylist()
    assert {e["date_told"] for e in listed if e["date"] == "1999-05-04"} == {True}
    assert not any(e["date_told"] for e in listed if e["date"] is None)


def cluster(number: int, witness: str, *acts: str, agent: str | None = None, **told_of: str) -> Passage:
    """A sentence with a claim for each act, of a sure type where somebody does it."""
    kind = "assault" if agent else "other"
    told = [
        Claim(witness, 10 * number, 10 * number + 9, "", f"{number}.{act}", kind, act, agent, **told_of)  # type: ignore[arg-type]
        for act in acts
    ]
    return Passage(number, witness, 10 * number, 10 * number + 9, "", 0, claims=told)


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ({}, {}, True),
        ({"date": "1999-05-04"}, {"date": "1999-05-04"}, True),
        ({"date": "1999-05-04"}, {}, True),
        ({"date": "1999-05-04"}, {"date": "1999-06-04"}, False),
        ({"place": "Tolven"}, {"place": "Merrow"}, False),
    ],
)
def test_clusters_of_the_same_acts_are_one_event_where_days_and_places_meet(
    first: dict[str, str], second: dict[str, str], one: bool
) -> None:
    items = [cluster(0, "A", "blast", "dead", **first), cluster(1, "B", "blast", "dead", "claim", **second)]
    doings = {c.claim: Doing(c.trigger, "s", 1.0, True) for p in items for c in p.claims}
    assert united([0, 1], items, doings) == ([0, 0] if one else [0, 1])


def test_one_act_in_common_or_one_account_makes_no_union() -> None:
    one = [cluster(0, "A", "blast", "dead"), cluster(1, "B", "blast", "trial", "claim")]
    alone = [cluster(0, "A", "blast", "dead"), cluster(1, "A", "blast", "dead")]
    for items in (one, alone):
        doings = {c.claim: Doing(c.trigger, "s", 1.0, True) for p in items for c in p.claims}
        assert united([0, 1], items, doings) == [0, 1]


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ({"agent": "the soldiers"}, {"agent": "soldiers of the colonel"}, True),
        ({"agent": "the soldiers", "place": "Tolven"}, {"agent": "soldiers", "place": "Merrow"}, False),
        ({"agent": "the soldiers"}, {"agent": "the strikers"}, False),
        ({"agent": "the soldiers"}, {}, False),
    ],
)
def test_what_tells_one_act_alone_goes_where_its_doer_does_it(
    first: dict[str, str], second: dict[str, str], one: bool
) -> None:
    items = [cluster(0, "A", "fire", **first), cluster(1, "B", "fire", "dead", **second)]
    doings = {c.claim: Doing(c.trigger, "s", 1.0, True) for p in items for c in p.claims}
    assert united([0, 1], items, doings) == ([0, 0] if one else [0, 1])
    third = [*items, cluster(2, "C", "fire", "march", **second)]
    doings |= {c.claim: Doing(c.trigger, "s", 1.0, True) for c in third[2].claims}
    assert united([0, 1, 2], third, doings) == [0, 1, 2]


@pytest.mark.parametrize(
    ("sentences", "first", "second", "kept"),
    [
        (80, ("march",), ("siege",), False),
        (80, ("march",), ("march", "siege"), True),
        (80, ("march",), (), True),
        (79, ("march",), ("siege",), True),
    ],
)
def test_two_sentences_of_a_long_account_are_linked_by_an_act_in_common(
    sentences: int, first: tuple[str, ...], second: tuple[str, ...], kept: bool
) -> None:
    items = [cluster(0, "A", *first), cluster(1, "A", *second), *(cluster(n, "A") for n in range(2, sentences))]
    other = cluster(sentences, "B", "flood")
    doings = {c.claim: Doing(c.trigger, "s", 1.0, True) for p in (*items, other) for c in p.claims}
    pairs = [Joined(items[0], items[1], 0.5, (), ""), Joined(items[0], other, 0.4, (), "")]
    found = list(scored(pairs, [*items, other], doings))
    assert ((0, 1, 0.5) in found) is kept
    assert (0, sentences, 0.4) in found


@pytest.mark.parametrize(("tie", "told"), [("own", True), ("date line", False)])
def test_a_date_that_only_a_date_line_gives_is_inherited(tie: str, told: bool) -> None:
    days = interval("1999-05-04")
    assert days is not None
    item = cluster(0, "A", "blast", date="1999-05-04")
    item.times = [Dated(0, 9, "4 May 1999", "1999-05-04", days, tie=tie)]
    assert draw([item], item.claims, None).event.date_told is told


FERRY = "ferry captain lifeboat harbour collision coaster survivors rescue lifejackets divers wreck drowned hull bridge passengers whistle"
STRIKE = "cannery wages union picket foreman herring walkout banner overtime council boycott tinplate women negotiator ballot shift"


def chapter(words: str, place: str, day: str, sentences: int) -> str:
    """Many sentences on one happening, in paragraphs of three."""
    listed = words.split()
    told = [
        f"The {listed[n % 16]} and the {listed[(n * 5 + 3) % 16]} of the {listed[(n * 7 + 1) % 16]} were told of in [{place}|town] on {{{day}}}."
        for n in range(sentences)
    ]
    return "\n\n".join(" ".join(told[n : n + 3]) for n in range(0, sentences, 3))


def told_stories(accounts: dict[str, str]) -> list[dict]:
    engine = collection(accounts)
    sentences.run(engine)
    stories.run(engine)
    found: list[dict] = engine.get("stories").to_pylist()
    return found


def test_a_digest_of_two_happenings_lies_in_two_stories() -> None:
    wreck, strike = ("Merrow", "17 November 1998|1998-11-17"), ("Tolven", "4 May 1999|1999-05-04")
    digest = chapter(FERRY, *wreck, 48) + "\n\n" + chapter(STRIKE, *strike, 48)
    rows = told_stories({"A": chapter(FERRY, *wreck, 24), "B": chapter(STRIKE, *strike, 24), "D": digest})
    story = {(r["witness"], r["start"] > 0): r["story"] for r in rows}
    assert story["A", False] == story["D", False] != story["B", False] == story["D", True]


def test_an_inquiry_years_later_is_of_the_story_that_it_looks_back_on_and_other_news_is_not() -> None:
    """The day of publication tells two stories of news apart; of what looks back it says nothing."""
    accounts = {
        "A": "A train left the rails near [Lannock|town] on {9 December 1987|1987-12-09}. Eighteen were killed.",
        "B": "On {9 December 1987|1987-12-09} a train derailed on the curve of [Lannock|town]. The rail was broken.",
        "C": "A bus burned near [Tolven|town] on {3 May 1990|1990-05-03}. The brakes of the bus had failed.",
    }
    engine = collection(accounts, {"A": "1987-12-09", "B": "1990-05-03", "C": "1990-05-03"})
    sentences.run(engine)
    stories.run(engine)
    story = {r["witness"]: r["story"] for r in engine.get("stories").to_pylist()}
    assert story["A"] == story["B"] != story["C"]


def test_a_long_account_that_others_tell_one_part_of_stays_whole() -> None:
    wreck, strike = ("Merrow", "17 November 1998|1998-11-17"), ("Tolven", "4 May 1999|1999-05-04")
    long = chapter(FERRY, *wreck, 48) + "\n\n" + chapter(STRIKE, *strike, 48)
    rows = told_stories({"A": chapter(FERRY, *wreck, 24), "D": long})
    assert len({r["story"] for r in rows}) == 1
    assert len(told_stories({"A": chapter(FERRY, *wreck, 120)})) == 1
    both = chapter(FERRY, *wreck, 48) + "\n\n" + chapter(STRIKE, *strike, 60)
    of_two = told_stories({"A": chapter(FERRY, *wreck, 24), "D": long, "E": both})
    assert len({r["story"] for r in of_two}) == 1, "no account is at home in the strike"


def claims_of(*told: tuple[str, str], **more: str) -> list[Claim]:
    """A claim of each account: its type and its trigger."""
    return [
        Claim(name, 0, 9, "", f"{name}.c0", kind, word, **more)  # type: ignore[arg-type]
        for name, (kind, word) in zip("ABC", told, strict=False)
    ]


@pytest.mark.parametrize(
    ("claims", "kind"),
    [
        (claims_of(("trial", "convicted"), ("trial", "sentenced")), "trial"),
        (claims_of(("assault", "killed"), ("assault", "killed")), "death"),
        (claims_of(("accident", "sank"), ("accident", "sank"), ("other", "lost")), "accident"),
        (claims_of(("accident", "sank"), ("other", "lost")), "other"),
        (claims_of(("retreat", "surrender"), ("retreat", "surrender"), polarity="negated"), "other"),
        (claims_of(("retreat", "withdraw"), ("retreat", "withdraw"), modality="planned"), "other"),
        (claims_of(("accuse", "inquiry"), ("accuse", "investigated")), "other"),
        (claims_of(("coerce", "destroyed"), ("coerce", "burned")), "other"),
        (claims_of(("begin", "ended"), ("begin", "halted")), "other"),
    ],
)
def test_a_type_is_given_only_where_it_is_sure_and_neutral(claims: list[Claim], kind: str) -> None:
    assert type_of(claims) == kind


def test_retellings_are_each_other_s_nearest_and_share_no_wording() -> None:
    a, b, c, same = (Passage(n, w, 100 * n, 100 * n + 90, "", 0) for n, w in enumerate("ABBA"))
    pairs = [
        Joined(a, b, 0.9, (), ""),
        Joined(a, c, 0.8, (), ""),
        Joined(a, same, 0.95, (), ""),
        Joined(same, c, 0.1, (), ""),
    ]
    assert retold(pairs, []) == {(0, 1)}
    elsewhere = Parallel("A", 0, 90, "", "B", 500, 590, "", "close", 90.0)
    copied = Parallel("B", 120, 150, "", "A", 10, 40, "", "verbatim", 90.0)
    assert retold(pairs, [elsewhere]) == {(0, 1)}
    assert retold(pairs, [elsewhere, copied]) == set()


def test_a_retelling_is_a_link_that_says_so() -> None:
    again = (
        "On {17 November 1998|1998-11-17} the Maid of Asker, a ferry, was lost in heavy seas near [Port Asker|town]."
    )
    engine = collated(filled({"A": WRECK, "B": again}))
    links = engine.get("links").to_pylist()
    told = [link for link in links if link["kind"] == "retelling"]
    assert told
    assert all(link["why"].startswith("told again in other words: ") for link in told)
    assert all(link["kind"] in ("", "retelling") for link in links)


def test_no_label_of_a_story_takes_a_side_or_stands_twice() -> None:
    one = "The terrorist regime of Norvan shelled the granary of [Tolven|town]. The regime and the terrorist band fled."
    other = "A choir sang carols in the chapel of [Merrow|town] on a windy night in autumn."
    rows = told_stories({"A": one, "B": one, "C": other})
    label = {r["story"]: r["label"] for r in rows}
    assert len(set(label.values())) == len(label) > 1
    assert all(value for value in label.values())
    assert not any("regime" in value or "terrorist" in value for value in label.values())


@pytest.mark.parametrize(
    ("told", "label"),
    [
        (
            {
                "A": "On {4 May 1999|1999-05-04} the coaster Tolven sent a distress call, soon heard at Hale.",
                "B": "A distress call of the coaster Tolven came on {4 May 1999|1999-05-04}, sent in haste.",
            },
            "distress",
        ),
        (
            {
                "A": "Ana Teverin was alongside on {4 May 1999|1999-05-04} when dockers deliberately burned eleven carts.",
                "B": "Dockers deliberately burned eleven carts alongside the quay on {4 May 1999|1999-05-04}.",
            },
            "burned",
        ),
    ],
)
def test_a_label_has_words_of_doing_and_no_bare_adverb(told: dict[str, str], label: str) -> None:
    event = the_event(collection(filled(told)))
    assert label in event["label"]
    assert not any(word in event["label"] for word in ("alongside", "deliberately", "eleven", "soon"))
