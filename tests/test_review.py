"""Review: anchors find their words again or are lost, the log loses nothing, people differ and settle, and numbers of it."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.errors import EditionError, InputError
from variorum.records import Binding, Name, Reading, Verdict
from variorum.review import joins
from variorum.review.anchors import Lost, Place, Text, Texts, anchored
from variorum.review.apart import apart
from variorum.review.bearers import with_bearers
from variorum.review.comparing import over_verdicts
from variorum.review.grammar import KINDS, Decision
from variorum.review.log import Draft, Log
from variorum.review.mentions import settled
from variorum.review.report import report
from variorum.review.standing import Court, Found, found_again, live, replaced

SHORT = "The ferry left at dusk. At least 31 people died when she sank, the harbour office said."
LONG = (
    "The lighthouse keeper at Varn Head saw two lamps go out within a minute of each other that night. "
    "He rang the pilots' house, and nobody answered. At least 31 people died when she sank, the harbour office said. "
    "The pilots say that their bell was never rung."
)
OTHER = "Of the boats at Hale none put out before midnight, because the bar was breaking."


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def texts(**held: str) -> Texts:
    return Texts.of({name: (sha(text), text) for name, text in held.items()})


def anchor(text: str, words: str, witness: str = "a", nth: int = 0) -> Any:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return anchored(Text(witness, sha(text), text), at, at + len(words))


class Maker:
    """Writes decisions of one log by hand, numbered as they come."""

    def __init__(self) -> None:
        self.decisions: dict[str, Decision] = {}

    def say(
        self,
        by: str,
        says: str,
        value: dict[str, Any] | None = None,
        *,
        replaces: Iterable[str] = (),
        why: str = "",
        **about: Any,
    ) -> str:
        number = len(self.decisions) + 1
        key = f"d{number:04d}"
        self.decisions[key] = Decision(
            id=key, n=number, at="2024-05-01T10:00:00Z", by=by, about=about, says=says, value=value or {}, why=why, replaces=tuple(replaces),
        )  # fmt: skip
        return key

    def found(self, where: Texts) -> list[Found]:
        standing, _ = live(self.decisions)
        gone = replaced(standing.values())
        return [found_again(one, where) for one in standing.values() if one.id not in gone and one.says != "undo"]


# --- anchors --------------------------------------------------------------------------------------------------------

CHANGED = [
    ("a word before", LONG.replace("two lamps", "three lamps"), "31"),
    ("blanks and lines", LONG.replace(". ", ".\n\n  "), "31"),
    (
        "the sentence after",
        LONG.replace("The pilots say that their bell was never rung.", "Nobody else was asked."),
        "31",
    ),
    ("moved to the front", "At least 31 people died when she sank, the harbour office said. " + OTHER, "31"),
    ("a word of the sentence", LONG.replace("harbour office", "port captain"), "31"),
]
LOST = [
    ("the number itself", LONG.replace("31", "34"), "31"),
    (
        "the sentence is gone",
        LONG.replace("At least 31 people died when she sank, the harbour office said. ", ""),
        "31",
    ),
    ("only a look-alike is left", "In the year 31 people died of fever. " + OTHER, "31"),
    ("a longer number", LONG.replace("31", "131"), "31"),
    ("two places alike", f"{SHORT} {SHORT}", "31"),
]


@pytest.mark.parametrize(("label", "text", "words"), CHANGED, ids=[c[0] for c in CHANGED])
def test_words_are_found_again_in_a_changed_text(label: str, text: str, words: str) -> None:
    place = texts(a=text).find(anchor(LONG, words))
    assert isinstance(place, Place), place
    assert text[place.start : place.end] == words and place.moved


@pytest.mark.parametrize(("label", "text", "words"), LOST, ids=[c[0] for c in LOST])
def test_an_anchor_never_moves_to_words_that_look_alike(label: str, text: str, words: str) -> None:
    held = SHORT if "alike" in label else LONG
    lost = texts(a=text).find(anchor(held, words))
    assert isinstance(lost, Lost), lost
    assert f"“{words}”" in lost.why


def test_the_same_text_under_another_name_is_the_same_account() -> None:
    place = texts(renamed=LONG, other=OTHER).find(anchor(LONG, "31", "gone"))
    assert place == Place("renamed", LONG.index("31"), LONG.index("31") + 2)


def test_an_account_that_is_gone_is_said() -> None:
    lost = texts(other=OTHER).find(anchor(LONG, "31", "gone"))
    assert isinstance(lost, Lost) and lost.why == "the account gone is not there any more"


def test_a_sentence_may_change_a_little_within_where_that_is_enough() -> None:
    sentence = "He rang the pilots' house, and nobody answered."
    text = LONG.replace(sentence, "He rang the pilots' house, and no one answered.").replace("two lamps", "lamps")
    held = anchor(LONG, sentence)
    assert isinstance(texts(a=text).find(held), Lost)
    place = texts(a=text).find(held, whole=True)
    assert (
        isinstance(place, Place) and text[place.start : place.end] == "He rang the pilots' house, and no one answered."
    )
    twice = texts(a=text + " He rang the pilots' house, and none answered.")
    assert isinstance(twice.find(held, whole=True), Lost)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab .31\n", max_size=120), st.integers(0, 100), st.integers(1, 12))
def test_property_an_anchor_finds_the_same_words_or_is_lost(more: str, start: int, size: int) -> None:
    held = anchored(Text("a", "old", LONG), start, start + size)
    place = Texts.of({"a": ("new", more + LONG)}).find(held)
    if isinstance(place, Place):
        assert " ".join((more + LONG)[place.start : place.end].split()) == " ".join(held.text.split())
    else:
        assert place.why


def test_looking_for_words_in_a_long_text_is_quick() -> None:
    long = "31 " * 400_000
    assert isinstance(texts(a=long).find(anchor(LONG, "31")), Lost)


# --- the log --------------------------------------------------------------------------------------------------------


def figure(words: str = "31", text: str = SHORT) -> dict[str, Any]:
    return {"kind": "figure", "words": [anchor(text, words).model_dump()]}


def draft(by: str = "Anna", says: str = "right", **more: Any) -> Draft:
    return Draft(by, more.pop("about", figure()), says, **more)


def test_decisions_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    log = Log(tmp_path / "e.review.jsonl")
    [one] = log.add([draft(says="wrong", value={"low": 34, "high": None}, why="“thirty-four”\nshe said\u202e <b>")])
    again = Log(log.path)
    assert again.decisions[one.id] == one and not again.problems
    assert "\u202e" not in log.path.read_text(encoding="utf-8") and one.value == {"low": 34, "high": None}


def test_nothing_is_written_where_one_of_several_is_wrong(tmp_path: Path) -> None:
    log = Log(tmp_path / "e.review.jsonl")
    with pytest.raises(InputError, match="low and high are given together"):
        log.add([draft(), draft(says="wrong", value={"low": 34})])
    assert not log.path.exists() or log.path.read_bytes() == b""


def test_a_torn_last_line_stays_and_harms_nothing(tmp_path: Path) -> None:
    log = Log(tmp_path / "e.review.jsonl")
    [first] = log.add([draft()])
    with log.path.open("ab") as file:
        file.write(b'{"v":1,"id":"torn","n":2,"at":"20')
    torn = Log(log.path)
    assert list(torn.decisions) == [first.id] and "was never confirmed" in torn.problems[0]
    [second] = torn.add([draft("Ben")])
    after = Log(log.path)
    assert list(after.decisions) == [first.id, second.id] and len(after.problems) == 1
    assert b'"id":"torn"' in log.path.read_bytes()


def test_clocks_that_go_back_do_not_change_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = Log(tmp_path / "e.review.jsonl")
    [first] = log.add([draft()])
    monkeypatch.setattr("variorum.review.log._stamp", lambda now: "1999-01-01T00:00:00.000Z")
    [second] = log.add([draft(says="none")])
    assert [one.id for one in log.decisions.values()] == [first.id, second.id] and second.n > first.n
    assert (log.clock() or "").startswith("the clock stands before the last decision")
    monkeypatch.undo()
    assert log.clock(datetime.now(UTC) + timedelta(days=1)) is None


def test_logs_of_several_people_are_merged_without_loss(tmp_path: Path) -> None:
    ours, anna, ben = (Log(tmp_path / f"{name}.review.jsonl") for name in ("e", "anna", "ben"))
    ours.add([draft("Carla")])
    shared = ours.path.read_bytes()
    for log in (anna, ben):
        log.path.write_bytes(shared)
        log.refresh()
    mine = [*anna.add([draft("Anna"), draft("Anna", "none")]), *ben.add([draft("Ben")])]
    assert [len(ours.merge(anna.path)), len(ours.merge(ben.path)), len(ours.merge(ben.path))] == [2, 1, 0]
    other = Log(tmp_path / "other.review.jsonl")
    for log in (ben, anna):
        other.merge(log.path)
    assert list(other.decisions) == list(ours.decisions) and {d.id for d in mine} <= set(ours.decisions)


def test_a_line_of_a_later_program_is_kept_and_not_obeyed(tmp_path: Path) -> None:
    log = Log(tmp_path / "e.review.jsonl")
    later = {"v": 9, "id": "later1", "n": 7, "says": "sung"}
    log.path.write_text(json.dumps(later) + "\n")
    log.refresh()
    assert not log.decisions and "later program" in log.problems[0]
    other = Log(tmp_path / "other.review.jsonl")
    other.merge(log.path)
    assert b'"later1"' in other.path.read_bytes()


def test_one_id_with_two_contents_is_said_and_neither_is_lost(tmp_path: Path) -> None:
    log = Log(tmp_path / "e.review.jsonl")
    [one] = log.add([draft()])
    forged = one.line().replace("Anna", "Bertha")
    other = Log(tmp_path / "o.review.jsonl")
    other.path.write_text(forged + "\n", encoding="utf-8")
    log.merge(other.path)
    log.merge(other.path)
    assert log.decisions[one.id].by == "Anna" and len(log.problems) == 1 and "twice and differs" in log.problems[0]
    assert log.path.read_text(encoding="utf-8").count("Bertha") == 1


HOSTILE = [
    b"not json\n", b"[]\n", b'{"id": 3}\n', b'{"id":"x"}\n', b"\xff\xfe\n", b"{" * 5000 + b"\n", b'{"id":"abcd","n":1e999}\n', b"null\n", b'"id"\n',
    b'{"v":1,"id":"abcd","n":1,"at":"2024-05-01T10:00:00Z","by":"\\u0000","about":{"kind":"figure"},"says":"right"}\n',
]  # fmt: skip


@pytest.mark.parametrize("line", HOSTILE)
def test_lines_that_are_no_decision_are_said_one_by_one(tmp_path: Path, line: bytes) -> None:
    log = Log(tmp_path / "e.review.jsonl")
    log.path.write_bytes(line)
    log.add([draft()])
    assert len(log.decisions) == 1 and len(log.problems) == 1


WRITER = """
import sys
from variorum.review.log import Draft, Log
log, about = Log(__import__("pathlib").Path(sys.argv[1])), {"kind": "account", "accounts": [{"witness": "a"}]}
for number in range(int(sys.argv[3])):
    [made] = log.add([Draft(sys.argv[2], about, "seen", why=str(number))])
    print(made.id, flush=True)
"""


def test_two_programs_on_one_log_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "e.review.jsonl"
    runs = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), who, "40"], stdout=subprocess.PIPE, text=True)
        for who in ("Anna", "Ben")
    ]
    confirmed = [line for run in runs for line in run.communicate(timeout=60)[0].split()]
    log = Log(path)
    assert set(confirmed) == set(log.decisions) and len(confirmed) == 80 and not log.problems
    assert sorted(d.n for d in log.decisions.values()) == list(range(1, 81))


def test_a_killed_program_loses_no_confirmed_decision(tmp_path: Path) -> None:
    path = tmp_path / "e.review.jsonl"
    run = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), "Anna", "100000"], stdout=subprocess.PIPE, text=True
    )
    assert run.stdout is not None
    confirmed = [run.stdout.readline().strip() for _ in range(25)]
    run.kill()
    confirmed += [line for line in run.stdout.read().split() if len(line) == 12]
    run.wait()
    assert set(confirmed) <= set(Log(path).decisions)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such device")
def test_a_full_disk_is_a_sentence_and_the_log_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = Log(tmp_path / "e.review.jsonl")
    log.add([draft()])
    before, real = log.path.read_bytes(), os.write

    def full(handle: int, data: Any) -> int:
        if len(data) > 40:
            return real(handle, bytes(data)[:40])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(EditionError, match=r"No space left on device.*nothing was decided and nothing was lost"):
        log.add([draft("Ben")])
    monkeypatch.undo()
    assert log.path.read_bytes() == before
    log.add([draft("Ben")])
    assert len(Log(log.path).decisions) == 2


# --- the grammar ----------------------------------------------------------------------------------------------------


def test_every_kind_can_be_seen_checked_asked_and_noted() -> None:
    for kind, sayings in KINDS.items():
        assert {"seen", "checked", "question", "note"} <= sayings.keys(), kind


WRONG = [
    ({"about": figure(), "says": "sung"}, "of a figure one can say right, wrong"),
    ({"about": figure(), "says": "right", "value": {"low": 1}}, "has no value"),
    ({"about": figure(), "says": "wrong"}, "comes with what is right"),
    ({"about": figure(), "says": "wrong", "value": {"low": 9, "high": 3}}, "low .9. lies above high .3."),
    ({"about": figure(), "says": "wrong", "value": {"dead": 3}}, "dead: Extra inputs"),
    ({"about": figure(), "says": "wrong", "value": {"role": "dead"}}, "no figure has the role 'dead'; it is one of aboard"),
    ({"about": {"kind": "time", "words": figure()["words"]}, "says": "missed", "value": {"edtf": "17 November"}}, "is no EDTF date"),
    ({"about": {"kind": "pair", "words": figure()["words"]}, "says": "same"}, "a pair is held by 2 stretches of words, not by 1"),
    ({"about": {"kind": "account", "accounts": [{"witness": "a"}]}, "says": "leave out"}, "needs the reason"),
    ({"about": figure(), "says": "note"}, "a note has words"),
    ({"about": {"kind": "name", "names": [{"form": "Ana"}]}, "says": "one"}, "is said of two names"),
    ({"by": "An\x07na", "about": figure(), "says": "right"}, "without control signs"),
    ({"by": " ", "about": figure(), "says": "right"}, "without control signs"),
    ({"about": figure(), "says": "right", "why": "x" * 5000}, "at most 4000"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "said"), WRONG, ids=[w[1][:40] for w in WRONG])
def test_what_does_not_fit_is_a_sentence(tmp_path: Path, given: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Log(tmp_path / "e.review.jsonl").add([Draft(given.pop("by", "Anna"), **given)])


# --- what stands ----------------------------------------------------------------------------------------------------


def test_an_undo_takes_back_and_can_be_taken_back() -> None:
    log = Maker()
    one = log.say("Anna", "right", **figure())
    undo = log.say("Ben", "undo", kind="decision", decision=one)
    assert one not in live(log.decisions)[0]
    log.say("Anna", "undo", kind="decision", decision=undo)
    assert one in live(log.decisions)[0]


def test_people_who_differ_stand_side_by_side_until_one_settles_it() -> None:
    log, where = Maker(), texts(a=SHORT)
    one = log.say("Anna", "wrong", {"low": 34, "high": 34}, **figure())
    two = log.say("Ben", "right", **figure())
    court = Court()
    assert settled(log.found(where), court) == {} and court.states == {one: "beside", two: "beside"}
    assert court.whys[one] == "Ben decided otherwise; nobody has settled it yet"
    log.say("Carla", "wrong", {"low": 34, "high": 34}, replaces=[two], **figure())
    [made] = settled(log.found(where), Court())["a"]
    assert made.values == {"low": 34, "high": 34}


def test_what_one_person_says_later_takes_the_place_of_what_she_said_before() -> None:
    log, court = Maker(), Court()
    one = log.say("Anna", "wrong", {"low": 34, "high": 34}, **figure())
    log.say("Anna", "wrong", {"low": 35, "high": 35}, **figure())
    [made] = settled(log.found(texts(a=SHORT)), court)["a"]
    assert made.values == {"low": 35, "high": 35} and court.states[one] == "replaced"


def test_people_may_each_correct_a_part_of_one_figure() -> None:
    log = Maker()
    log.say("Anna", "wrong", {"role": "killed"}, **figure())
    log.say("Ben", "wrong", {"unit": "people"}, **figure("At least 31"))
    [made] = settled(log.found(texts(a=SHORT)), Court())["a"]
    assert made.values == {"role": "killed", "unit": "people"}


def test_a_decision_whose_words_are_gone_is_lost_and_says_so() -> None:
    log = Maker()
    log.say("Anna", "right", **figure())
    [one] = log.found(texts(a=OTHER))
    assert one.lost == "its words “31” are not in a any more"


# --- joins ----------------------------------------------------------------------------------------------------------


def words(*numbers: int) -> list[Any]:
    return [anchored(Text("a", sha(LONG), LONG), 10 * n, 10 * n + 9).model_dump() for n in numbers]


def bound(log: Maker) -> tuple[list[Binding], Court]:
    court = Court()
    return joins.joins(log.found(texts(a=LONG)), court), court


def test_a_merge_binds_and_a_split_bars() -> None:
    log = Maker()
    log.say("Anna", "merge", kind="event", words=words(1, 2), other=words(3))
    log.say("Ben", "split", kind="event", words=words(4), other=words(5, 6))
    kinds = [(b.kind, b.a_start, b.b_start) for b in bound(log)[0]]
    assert kinds == [("must", 10, 20), ("must", 10, 30), ("must", 50, 60), ("must not", 40, 50)]


def test_a_join_that_contradicts_another_person_by_way_of_a_third_is_not_obeyed_and_says_with_whom() -> None:
    log = Maker()
    log.say("Anna", "same", kind="pair", words=words(1, 2))
    log.say("Anna", "same", kind="pair", words=words(2, 3))
    last = log.say("Ben", "not same", kind="pair", words=words(3, 1))
    made, court = bound(log)
    assert [b.kind for b in made] == ["must", "must"]
    assert court.states[last] == "not obeyed" and "contradicts what Anna" in court.whys[last]


def test_the_same_pair_in_the_other_order_is_the_same_question() -> None:
    log = Maker()
    log.say("Anna", "same", kind="pair", words=words(1, 2))
    log.say("Ben", "not same", kind="pair", words=words(2, 1))
    made, court = bound(log)
    assert made == [] and set(court.states.values()) == {"beside"}


def test_directions_of_people_who_name_the_sides_in_another_order_agree() -> None:
    log, court = Maker(), Court()
    log.say("Anna", "a to b", kind="parallel", words=words(1, 2))
    log.say("Ben", "b to a", kind="parallel", words=words(2, 1))
    [made] = joins.directions(log.found(texts(a=LONG)), court)
    assert (made.kind, made.a_start, made.by) == ("a to b", 10, "Anna, Ben")


# --- names ----------------------------------------------------------------------------------------------------------

NAMES = [
    Name("Ana Teverin", "person", "Ana Teverin", "a", 2),
    Name("Ana Teverin", "person", "Mrs Teverin", "b", 1),
    Name("Anna Tewerin", "person", "Anna Tewerin", "c", 1),
    Name("Osk", "person", "Osk", "a", 3),
    Name("Osk", "person", "Captain Osk", "b", 1),
]


def named(*says: tuple[str, list[str], dict[str, Any]]) -> tuple[dict[str, str], Court]:
    log, court = Maker(), Court()
    for word, forms, value in says:
        log.say("Anna", word, value, kind="name", names=[{"form": form} for form in forms])
    made = with_bearers(NAMES, log.found(texts()), court)
    assert sum(n.count for n in made) == sum(n.count for n in NAMES)
    return {n.form: n.referent for n in made}, court


def test_two_names_become_one_bearer_and_are_called_as_people_say() -> None:
    made, _ = named(
        ("one", ["Ana Teverin", "Anna Tewerin"], {}), ("canonical", ["Anna Tewerin"], {"name": "A. Teverin"})
    )
    assert made["Mrs Teverin"] == made["Anna Tewerin"] == "A. Teverin" and made["Osk"] == "Osk"


def test_one_bearer_becomes_two() -> None:
    made, court = named(("two", ["Osk", "Captain Osk"], {}))
    assert (made["Osk"], made["Captain Osk"]) == ("Osk", "Captain Osk") and set(court.states.values()) == {"obeyed"}


def test_a_name_that_no_account_has_is_an_orphan() -> None:
    made, court = named(("canonical", ["Nobody"], {"name": "N."}))
    assert court.states == {"d0001": "orphan"} and made["Osk"] == "Osk"


# --- comparisons ----------------------------------------------------------------------------------------------------

READINGS = [Reading("a", 10 * n, 10 * n + 9, "", f"r{n}", None, "killed") for n in range(1, 4)]


def verdict(kind: str = "conflict", *readings: str) -> Verdict:
    return Verdict(
        "v1", None, "killed", "", kind, "figure", "the numbers do not meet", list(readings or ("r1", "r2")), 4.0
    )


def judged(row: Verdict, *says: tuple[str, str, dict[str, Any]], was: str = "conflict") -> tuple[Verdict, Court]:
    log, court = Maker(), Court()
    for by, word, value in says:
        log.say(by, word, value, kind="comparison", attribute="killed", words=words(1, 2), was={"verdict": was})
    [made] = over_verdicts([row], READINGS, log.found(texts(a=LONG)), court)
    return made, court


def test_a_verdict_of_a_person_stands_over_the_rule_s_and_both_are_there() -> None:
    made, _ = judged(verdict(), ("Anna", "verdict", {"verdict": "compatible"}))
    assert (made.verdict, made.by_rule, made.sure) == ("compatible", "conflict", "high")
    assert made.why == "Anna decided: compatible (the rule: conflict, the numbers do not meet)"


def test_a_comparison_that_is_none_leaves_the_default_view_and_stays_to_be_seen() -> None:
    made, _ = judged(verdict(), ("Anna", "wrong", {"because": "other scope"}))
    assert (made.verdict, made.by_rule, made.sure) == ("unjudged", "conflict", "low")


def test_two_people_who_differ_leave_the_rule_s_verdict() -> None:
    made, court = judged(verdict(), ("Anna", "right", {}), ("Ben", "wrong", {"because": "misreading"}))
    assert made == verdict() and set(court.states.values()) == {"beside"}


def test_a_reading_more_keeps_the_decision_while_the_rule_says_the_same() -> None:
    made, court = judged(verdict("conflict", "r1", "r2", "r3"), ("Anna", "verdict", {"verdict": "agree"}))
    assert made.verdict == "agree" and court.whys == {"d0001": "1 readings were added since"}


def test_a_reading_more_that_turns_the_rule_asks_to_look_again() -> None:
    made, court = judged(
        verdict("conflict", "r1", "r2", "r3"), ("Anna", "verdict", {"verdict": "agree"}), was="compatible"
    )
    assert (
        made.verdict == "conflict" and court.states == {"d0001": "not obeyed"} and "look again" in court.whys["d0001"]
    )


@pytest.mark.parametrize(
    ("bar", "readings", "verdict_now"),
    [
        (("must not", 10, 20, False), ("r1", "r2"), "unjudged"),
        (("must not", 10, 20, False), ("r1", "r2", "r3"), "conflict"),
        (("must not", 10, 30, False), ("r1", "r2"), "conflict"),
        (("must not", 10, 20, True), ("r1", "r2"), "conflict"),
        (("must", 10, 20, False), ("r1", "r2"), "conflict"),
    ],
    ids=["the two alone", "with a third", "other words", "whole events", "the same"],
)
def test_what_is_not_the_same_happening_is_not_set_against_each_other(
    bar: tuple[str, int, int, bool], readings: tuple[str, ...], verdict_now: str
) -> None:
    kind, a, b, whole = bar
    said = Binding(kind, "a", a, a + 9, "a", b, b + 9, None, "d1", "Ben", whole)
    [made] = apart([verdict("conflict", *readings)], READINGS, [said], Court())
    assert made.verdict == verdict_now
    assert (made.by_rule, made.sure == "low") == (("conflict", True) if verdict_now == "unjudged" else (None, False))


def test_what_a_person_said_of_the_comparison_itself_goes_before() -> None:
    row, court = judged(verdict(), ("Anna", "right", {}))
    said = Binding("must not", "a", 10, 19, "a", 20, 29, None, "d1", "Ben")
    assert apart([row], READINGS, [said], court) == [row]


def test_highlighting_and_hiding() -> None:
    assert judged(verdict(), ("Anna", "hide", {}))[0].sure == "low"
    assert judged(verdict(), ("Anna", "highlight", {}))[0].weight > 4.0


# --- the report -----------------------------------------------------------------------------------------------------


def test_the_report_counts_agreement_and_what_was_kept_by_rule() -> None:
    log = Maker()
    for n in range(1, 11):
        about = {"kind": "comparison", "attribute": "killed", "words": words(n, n + 1), "was": {"rule": "figure"}}
        log.say("Anna", "right" if n < 9 else "wrong", {} if n < 9 else {"because": "other"}, **about)
        log.say("Ben", "right" if n < 8 else "wrong", {} if n < 8 else {"because": "other"}, **about)
    log.say("Ben", "missed", {"low": 1, "high": 1}, **figure())
    made = report(log.decisions)
    [one] = made.agreements
    assert (one.rows, one.same, one.kappa) == (10, 9, 0.7368)
    [kept] = made.kept
    assert (kept.rule, kept.judged, kept.kept, kept.differ) == ("figure", 9, 7, 1) and made.missed == {"figures": 1}
    assert any("Cohen's kappa 0.74" in line for line in made.lines())


def test_an_empty_review_says_so() -> None:
    assert list(report({}).lines()) == ["Nobody has decided anything yet."]
