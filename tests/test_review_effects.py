"""What decisions do to an edition: obeyed where they belong, in the same run, through every step that follows."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner

import edition_maker
from variorum.cli import main
from variorum.config import Config
from variorum.edition import Edition
from variorum.edition.collate import collate
from variorum.edition.run import Progress, Summary
from variorum.edition.verify import verify
from variorum.errors import InputError
from variorum.events.assign import Doing
from variorum.events.ruled import ruled
from variorum.records import (
    Binding,
    Claim,
    Decided,
    Event,
    Figure,
    Orphan,
    Parallel,
    Problem,
    Reading,
    Reviewed,
    Row,
    Tells,
    Time,
    Verdict,
    Witness,
)
from variorum.review.effects import Review
from variorum.review.grammar import Decision
from variorum.review.keys import key
from variorum.review.log import COPY, Draft, Log, log_of
from variorum.review.only import checked_only
from variorum.review.subjects import about_row, about_rows, about_words
from variorum.review.tables import TableDesk

ONE = Config(processes=1)
ACCOUNTS = {
    "harbour.txt": "On 17 November 1998 the ferry sank in the strait off Varn. 31 people died and nine are missing, the harbour office said. "
    "The search was called off on 20 November 1998.",
    "island.txt": "At least 34 people died when the ferry sank on 17 November 1998. Fourteen boats joined the search.",
    "survivors.txt": "On 17 November 1998 the ferry sank in the strait off Varn. Forty people died. The inquiry began on 2 March 1999.",
}  # fmt: skip
Say = Callable[..., Edition]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with accounts and their edition, to be copied."""
    folder = tmp_path_factory.mktemp("review")
    (folder / "accounts").mkdir()
    for name, text in ACCOUNTS.items():
        (folder / "accounts" / name).write_text(text, encoding="utf-8")
    collate(folder / "accounts", folder / "e", ONE)
    return folder


class Bench:
    """A copy of the edition in which decisions are taken and the edition is made again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.edition = Edition(folder / "e")
        self.summary = Summary()
        self.kept: list[str] = []

    @property
    def desk(self) -> TableDesk:
        return TableDesk(self.edition.table)

    def find(self, kind: type[Row], **wanted: Any) -> Any:
        rows = [r for r in self.edition.records(kind) if all(getattr(r, n) == v for n, v in wanted.items())]
        assert rows, (kind.TABLE, wanted, self.edition.records(kind))
        return rows[0]

    def key(self, row: Row) -> str:
        return key(row.TABLE, row.to_dict())

    def say(
        self,
        says: str,
        about: dict[str, Any] | Row,
        value: dict[str, Any] | None = None,
        by: str = "Anna",
        why: str = "",
    ) -> Decision:
        if isinstance(about, Row):
            about = about_row(self.desk, about.TABLE, self.key(about))
        [made] = Log(log_of(self.folder / "e")).add([Draft(by, about, says, value or {}, why)])
        return made

    def words(self, kind: str, *places: tuple[str, str]) -> dict[str, Any]:
        texts = {w.witness: w.text for w in self.edition.records(Witness)}
        return about_words(self.desk, kind, [(w, texts[w].index(x), texts[w].index(x) + len(x)) for w, x in places])

    def make(self, config: Config = ONE) -> Edition:
        self.summary, self.kept = Summary(), []
        watching = Progress()
        watching.end = lambda step, seconds, kept: self.kept.append(step) if kept else None  # type: ignore[method-assign]
        self.edition = collate(
            self.folder / "accounts", self.folder / "e", config, summary=self.summary, progress=watching
        )
        assert list(verify(self.edition)) == []
        return self.edition

    def state(self, one: Decision) -> tuple[str, str]:
        row = self.find(Decided, decision=one.id)
        return row.state, row.effect


@pytest.fixture
def bench(base: Path, tmp_path: Path) -> Bench:
    shutil.copytree(base, tmp_path / "r")
    return Bench(tmp_path / "r")


def test_a_corrected_figure_goes_through_readings_and_verdicts(bench: Bench) -> None:
    assert bench.find(Verdict, attribute="killed").verdict == "conflict"
    one = bench.say("wrong", bench.find(Figure, text="Forty"), {"low": 31, "high": 31}, why="a slip of the pen")
    bench.make()
    assert bench.find(Figure, text="Forty").low == 31
    assert {x.low for x in bench.edition.records(Reading) if x.text == "Forty"} == {31}
    assert not [v for v in bench.edition.records(Verdict) if v.attribute == "killed" and "“Forty”" in v.why]
    assert bench.state(one) == ("obeyed", "") and bench.summary.annotated == 1
    seen = bench.find(Reviewed, table="figures", row="survivors:59-64")
    assert seen.checked and seen.standing == "corrected" and '"low": 40.0' in seen.was


def test_a_corrected_time_moves_what_rests_on_it(bench: Bench) -> None:
    bench.say("wrong", bench.find(Time, text="20 November 1998"), {"edtf": "1998-11-21"})
    bench.make()
    assert bench.find(Time, text="20 November 1998").value == "1998-11-21"
    assert "1998-11-21" in {c.date for c in bench.edition.records(Claim)}


def test_a_mention_that_is_none_goes_and_a_missed_one_comes(bench: Bench) -> None:
    bench.say("none", bench.find(Figure, text="Fourteen"))
    one = bench.say(
        "missed", bench.words("place", ("island", "search")), {"name": "The Search", "lat": 1.5, "lon": 2.5}
    )
    bench.make()
    assert "Fourteen" not in {f.text for f in bench.edition.records(Figure)}
    [place] = [p for p in bench.edition.places().to_pylist() if p["name"] == "The Search"]
    assert (place["text"], place["precision"]) == ("search", "point") and bench.state(one)[0] == "obeyed"


def event_of(bench: Bench, witness: str, words: str) -> set[str]:
    text = bench.find(Witness, witness=witness).text
    at = text.index(words)
    claims = {
        c.claim
        for c in bench.edition.records(Claim)
        if c.witness == witness and c.start < at + len(words) and at < c.end
    }
    return {t.event for t in bench.edition.records(Tells) if t.claim in claims}


def acts_of(bench: Bench, witness: str, words: str) -> set[str | None]:
    events = event_of(bench, witness, words)
    return {t.act for t in bench.edition.records(Tells) if t.event in events and t.claim.startswith(witness)}


def test_two_sentences_that_are_the_same_are_one_event_and_can_be_parted_again(bench: Bench) -> None:
    places = (("harbour", "The search was called off"), ("survivors", "The inquiry began"))
    assert not event_of(bench, *places[0]) & event_of(bench, *places[1])
    one = bench.say("same", bench.words("pair", *places))
    bench.make()
    assert event_of(bench, *places[0]) & event_of(bench, *places[1]) and bench.state(one)[0] == "obeyed"
    assert acts_of(bench, *places[0]) & acts_of(bench, *places[1])
    undo = bench.say("undo", {"kind": "decision", "decision": one.id}, by="Ben")
    bench.make()
    assert not event_of(bench, *places[0]) & event_of(bench, *places[1])
    assert bench.state(one) == ("undone", f"taken back by {undo.id}")


def claim_of(name: str, start: int) -> Claim:
    return Claim(name[0], start, start + 9, "", name, "other", "x")


def doing_of(act: str) -> Doing:
    return Doing(act, "s1", 0.8, True)


def bound_by(kind: str, a: tuple[str, int], b: tuple[str, int], whole: bool = False) -> Binding:
    return Binding(kind, a[0], a[1], a[1] + 9, b[0], b[1], b[1] + 9, None, "d1", "Anna", whole)


ACTS_CLAIMS = [claim_of(name, start) for name, start in (("A1", 0), ("A2", 20), ("B1", 0), ("B2", 20), ("C1", 0))]
ACTS_EVENTS = {"A1": "e1", "A2": "e2", "B1": "e1", "B2": "e2", "C1": "e2"}


@pytest.mark.parametrize(
    ("binding", "groups"),
    [
        (None, "A1+B1+C1 A2+B2"),
        (bound_by("must", ("A", 0), ("A", 20)), "A1+A2+B1+B2+C1"),
        (bound_by("must", ("A", 0), ("A", 20), whole=True), "A1+B1+C1 A2+B2"),
        (bound_by("must not", ("A", 0), ("C", 0)), "A1+B1 C1 A2+B2"),
        (bound_by("must not", ("A", 0), ("B", 0)), "A1+C1 B1 A2+B2"),
        (bound_by("must not", ("A", 0), ("A", 20)), "A1+B1+C1 A2+B2"),
        (bound_by("must not", ("A", 0), ("A", 20), whole=True), "A1+B1 C1 A2+B2"),
        (bound_by("must", ("A", 0), ("D", 0)), "A1+B1+C1 A2+B2"),
    ],
    ids=["nothing", "the same", "merged events", "not the same", "not the same in one event", "two acts", "split", "no claim there"],
)  # fmt: skip
def test_acts_are_bound_by_what_people_say(binding: Binding | None, groups: str) -> None:
    doings = {name: doing_of("a1" if name[1] == "1" else "a2") for name in ACTS_EVENTS}
    made = ruled(doings, ACTS_CLAIMS, [binding] if binding else [], ACTS_EVENTS)
    acts: dict[str, list[str]] = {}
    for name in sorted(made):
        acts.setdefault(made[name].act, []).append(name)
    assert sorted(map("+".join, acts.values())) == sorted(groups.split())
    assert all(doing.joined == (len(acts[doing.act]) > 1) for doing in made.values())


def test_an_event_is_split_and_merged_with_another(bench: Bench) -> None:
    [event] = event_of(bench, "island", "the ferry sank") & event_of(bench, "harbour", "the ferry sank")
    off = [
        c.claim
        for c in bench.edition.records(Claim)
        if c.witness == "island" and c.claim in {t.claim for t in bench.edition.records(Tells) if t.event == event}
    ]
    one = bench.say("split", about_rows(bench.desk, "split", [("events", event)], off))
    bench.make()
    assert not event_of(bench, "island", "the ferry sank") & event_of(bench, "harbour", "the ferry sank")
    assert bench.state(one)[0] == "obeyed"
    a, b = (next(iter(event_of(bench, w, "the ferry sank"))) for w in ("island", "harbour"))
    two = bench.say("merge", about_rows(bench.desk, "merge", [("events", a), ("events", b)]), by="Ben")
    bench.make()
    assert [bench.state(one)[0], bench.state(two)[0]] == ["beside", "beside"]
    assert event_of(bench, "island", "the ferry sank") & event_of(bench, "harbour", "the ferry sank")
    assert [p.message for p in bench.edition.records(Problem) if p.step == "review"] == []


def test_an_event_has_the_title_date_and_places_that_people_give(bench: Bench) -> None:
    event = bench.find(Event, date="1998-11-17")
    bench.say("title", event, {"title": "The night of the ferry"})
    bench.say("date", event, {"date": "1998-11-17/1998-11-18"}, by="Ben")
    bench.say("place", event, {"places": ["Varn"]}, by="Ben")
    bench.make()
    now = bench.find(Event, label="The night of the ferry")
    assert (now.date, now.places) == ("1998-11-17/1998-11-18", ["Varn"])
    seen = bench.find(Reviewed, table="events", row=now.event)
    assert seen.by == ["Anna", "Ben"] and event.label in seen.was


def test_a_verdict_of_a_person_stands_over_the_rule_s(bench: Bench) -> None:
    verdict = bench.find(Verdict, attribute="killed", verdict="conflict")
    bench.say("verdict", verdict, {"verdict": "compatible"}, why="counted on two days")
    bench.make()
    now = bench.find(Verdict, verdict_id=verdict.verdict_id)
    assert (now.verdict, now.by_rule) == ("compatible", "conflict")
    assert "Anna decided: compatible: counted on two days" in now.why
    assert {"annotate", "names", "stemma", "events", "readings", "silences"} <= set(bench.kept)


def test_a_parallel_that_is_none_joins_no_lineage(bench: Bench) -> None:
    parallel = bench.find(Parallel, a_witness="harbour", b_witness="survivors")
    lineages = bench.find(Event, date="1998-11-17").lineages
    one = bench.say("none", parallel)
    bench.make()
    assert parallel not in bench.edition.records(Parallel) and bench.state(one)[0] == "obeyed"
    assert bench.find(Event, date="1998-11-17").lineages == lineages + 1


def test_who_took_it_from_whom_is_as_people_say(bench: Bench) -> None:
    bench.say("b to a", bench.find(Parallel, a_witness="harbour"))
    bench.make()
    row = bench.find(Parallel, a_witness="harbour")
    assert (row.direction, row.direct) == ("b to a", True) and "Anna decided so" in row.why
    edges = [(e["source"], e["target"]) for e in bench.edition.stemma().to_pylist() if "undecided" not in e["kind"]]
    assert edges == [("survivors", "harbour")]


def test_both_have_it_from_a_third(bench: Bench) -> None:
    bench.say("common source", bench.find(Parallel, a_witness="harbour"), {"source": "Strait Press"})
    bench.make()
    edges = {
        (e["source"], e["target"], e["outside"]) for e in bench.edition.stemma().to_pylist() if e["kind"] == "credit"
    }
    assert edges == {("Strait Press", "harbour", True), ("Strait Press", "survivors", True)}


def test_what_nobody_could_have_known_was_not_taken_over(bench: Bench) -> None:
    for witness, day in (("harbour", "1998-11-18"), ("survivors", "1998-11-25")):
        bench.say("metadata", bench.find(Witness, witness=witness), {"published": day})
    bench.make()
    assert bench.find(Parallel, a_witness="harbour").direction == "a to b"
    bench.say("known to", bench.find(Witness, witness="harbour"), {"accounts": ["island"]}, why="printed in secret")
    bench.make()
    row = bench.find(Parallel, a_witness="harbour")
    assert row.direction == "undecided" and "harbour was not known to the writer of survivors" in row.why


def test_an_account_is_known_better_and_another_left_out(bench: Bench) -> None:
    bench.say("metadata", bench.find(Witness, witness="island"), {"publisher": "Hale Islander", "party": "press"})
    lost = bench.say("right", bench.find(Figure, text="31"))
    one = bench.say("leave out", bench.find(Witness, witness="harbour"), why="a forgery")
    bench.make()
    assert [(w.witness, w.siglum, w.publisher) for w in bench.edition.records(Witness)] == [
        ("island", "B", "Hale Islander"),
        ("survivors", "C", None),
    ]
    assert bench.state(one)[0] == "obeyed" and bench.state(lost) == (
        "not obeyed",
        "its account is left out by Anna: a forgery",
    )
    bench.say("undo", {"kind": "decision", "decision": one.id})
    bench.make()
    assert bench.edition.witnesses().num_rows == 3 and bench.state(lost)[0] == "obeyed"


def test_leaving_out_every_account_is_a_sentence(bench: Bench) -> None:
    for witness in bench.edition.records(Witness):
        bench.say("leave out", witness, why="none fits")
    with pytest.raises(InputError, match="leaves out every account"):
        bench.make()
    assert Edition(bench.folder / "e").witnesses().num_rows == 3


def test_decisions_survive_an_added_account_a_changed_text_and_other_ids(bench: Bench) -> None:
    figure = bench.say("wrong", bench.find(Figure, text="Forty"), {"low": 31, "high": 31})
    about = about_row(bench.desk, "verdicts", bench.find(Verdict, attribute="killed", verdict="conflict").verdict_id)
    about["was"] |= {"row": "an id of an earlier program"}
    verdict = bench.say("verdict", about, {"verdict": "compatible"})
    (bench.folder / "accounts" / "aground.txt").write_text(
        "On 17 November 1998 she sank near Varn, with 220 aboard.", encoding="utf-8"
    )
    path = bench.folder / "accounts" / "survivors.txt"
    path.write_text("Our account. " + path.read_text(encoding="utf-8").replace("2 March", "3 March"), encoding="utf-8")
    bench.make()
    assert bench.find(Figure, text="Forty").low == 31 and bench.state(figure)[0] == "obeyed"
    assert bench.state(verdict)[0] == "obeyed"
    assert [v.verdict for v in bench.edition.records(Verdict) if v.by_rule and v.attribute == "killed"] == [
        "compatible"
    ]


def test_an_orphan_is_listed_and_never_moved(bench: Bench) -> None:
    one = bench.say("wrong", bench.find(Figure, text="Forty"), {"low": 31, "high": 31}, why="a slip")
    path = bench.folder / "accounts" / "survivors.txt"
    path.write_text("Forty boats came. On 17 November 1998 the ferry sank. Many died.", encoding="utf-8")
    bench.make()
    orphan = bench.find(Orphan, decision=one.id)
    assert (orphan.text, orphan.why, orphan.witness) == (
        "Forty",
        "a slip",
        "survivors",
    ) and "do not stand in survivors" in orphan.message
    assert bench.find(Figure, text="Forty").low == 40


def test_two_people_on_one_thing_stand_side_by_side(bench: Bench) -> None:
    bench.say("wrong", bench.find(Figure, text="Forty"), {"low": 31, "high": 31})
    bench.say("right", bench.find(Figure, text="Forty"), by="Ben")
    bench.make()
    seen = bench.find(Reviewed, table="figures")
    assert (seen.standing, seen.checked, seen.by) == ("beside", False, ["Anna", "Ben"])
    assert bench.find(Figure, text="Forty").low == 40


def test_with_two_readers_a_row_counts_when_a_second_has_seen_it(bench: Bench) -> None:
    two = ONE.replaced(two_readers=True)
    bench.say("right", bench.find(Figure, text="Forty"))
    bench.make(two)
    assert not bench.find(Reviewed, table="figures").checked
    bench.say("checked", bench.find(Figure, text="Forty"), by="Ben")
    bench.make(two)
    assert bench.find(Reviewed, table="figures").checked
    assert "readings" in bench.kept


def test_the_same_decisions_give_the_same_bytes_by_any_way(bench: Bench, tmp_path: Path) -> None:
    bench.say("wrong", bench.find(Figure, text="Forty"), {"low": 31, "high": 31})
    bench.make()
    bench.say("title", bench.find(Event, date="1998-11-17"), {"title": "The night"})
    bench.make()
    shutil.copyfile(log_of(bench.folder / "e"), log_of(tmp_path / "fresh"))
    fresh = collate(bench.folder / "accounts", tmp_path / "fresh", ONE)
    ours, theirs = (
        {p.relative_to(f): p.read_bytes() for p in f.rglob("*") if p.is_file()}
        for f in (bench.folder / "e", fresh.folder)
    )
    assert ours == theirs
    before = {p: p.stat().st_mtime_ns for p in fresh.folder.rglob("*")}
    collate(bench.folder / "accounts", tmp_path / "fresh", ONE)
    assert {p: p.stat().st_mtime_ns for p in fresh.folder.rglob("*")} == before


def test_the_edition_carries_a_copy_from_which_a_lost_log_comes_back(bench: Bench) -> None:
    one = bench.say("right", bench.find(Figure, text="Forty"))
    bench.make()
    log = log_of(bench.folder / "e")
    assert (bench.folder / "e" / COPY).read_bytes() == log.read_bytes()
    log.unlink()
    bench.make()
    assert one.id in Log(log).decisions
    assert any("come from the edition's copy" in p.message for p in bench.edition.records(Problem))
    log.write_bytes(b"")
    bench.make()
    assert any("lacks 1 decisions that the edition was made with" in p.message for p in bench.edition.records(Problem))


RUN = "import sys; from variorum.cli import main; main()"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_run_that_is_killed_while_people_decide_loses_nothing(bench: Bench) -> None:
    made = [bench.say("right", bench.find(Figure, text="Forty"))]
    command = [
        sys.executable,
        "-c",
        RUN,
        "collate",
        str(bench.folder / "accounts"),
        "-o",
        str(bench.folder / "e"),
        "--set",
        "processes=1",
        "--quiet",
    ]
    for seconds in (0.5, 1.5, 3.0):
        run = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            made.append(bench.say("note", bench.find(Event, date="1998-11-17"), why=f"at {len(made)}"))
            time.sleep(0.05)
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert bench.edition.table("events").num_rows
    bench.make()
    assert {one.id for one in made} == set(bench.edition.table("decisions")["decision"].to_pylist())


def test_an_edition_without_decisions_has_no_copy_and_empty_tables(base: Path) -> None:
    edition = Edition(base / "e")
    assert not (base / "e" / COPY).exists()
    assert [edition.table(name).num_rows for name in ("bindings", "decisions", "orphans", "reviewed")] == [0] * 4


def test_the_pages_the_terminal_and_the_exports_show_what_people_said(bench: Bench) -> None:
    row = bench.find(Verdict, attribute="killed", verdict="conflict")
    bench.say("verdict", row, {"verdict": "compatible"}, why="two days apart")
    bench.say("title", bench.find(Event, date="1998-11-17"), {"title": "The night of the ferry"})
    bench.say("leave out", bench.find(Witness, witness="island"), why="a copy")
    bench.make()
    read = lambda name: (bench.folder / "e" / name).read_text(encoding="utf-8")  # noqa: E731
    page = read("disagreements.html")
    assert (
        "Anna: another verdict: compatible (two days apart)" in page and "the program’s: <bdi>verdict conflict" in page
    )
    assert '<option value="checked">checked (' in page or 'name="review"' in page
    assert "The night of the ferry" in read("chronology.html") and "the program’s: <bdi>title" in read(
        "chronology.html"
    )
    about = read("about.html")
    assert "3 decisions stand: Anna 3." in about and "island" in about and "a copy" in about
    told = CliRunner().invoke(main, ["show", str(bench.folder / "e"), "disagreements", "--all", "--checked"]).output
    assert told.count("compatible  killed") == 1 and told.count("\n\n") == 1, told
    out = bench.folder / "checked.json"
    assert (
        CliRunner()
        .invoke(main, ["export", str(bench.folder / "e"), "--to", "json", "--checked", "-o", str(out)])
        .exit_code
        == 0
    )
    tables = json.loads(out.read_text(encoding="utf-8"))["tables"]
    assert [v["by_rule"] for v in tables["verdicts"]] == ["conflict"] and len(tables["reviewed"]) == 3


# --- on tables made by hand -----------------------------------------------------------------------------------------


def after(*says: tuple[str, str, str, str, dict[str, Any]]) -> tuple[dict[str, pa.Table], Review]:
    """The tables of the small edition after some decisions: by, says, table, row, value."""
    tables = edition_maker.small()
    desk = TableDesk(tables.__getitem__)
    made = {
        f"d{n:03d}": Decision(
            id=f"d{n:03d}",
            n=n,
            at="2024-05-01T10:00:00Z",
            by=by,
            about=about_row(desk, table, row),
            says=word,
            value=value,
            why="so",
        )
        for n, (by, word, table, row, value) in enumerate(says, 1)
    }
    review = Review(made)
    review.accounts([Witness.from_dict(w) for w in tables["witnesses"].to_pylist()])
    for name in ("names", "events", "verdicts", "silences", "checks"):
        tables |= review.after({name: tables[name]}, tables.__getitem__)
    return tables | review.tables(tables.__getitem__), review


def first(table: str) -> str:
    return key(table, edition_maker.small()[table].to_pylist()[0])


def test_a_silence_that_was_not_to_be_expected_goes() -> None:
    before = edition_maker.small()["silences"].num_rows
    tables, _ = after(("Anna", "not expected", "silences", first("silences"), {}))
    assert tables["silences"].num_rows == before - 1
    assert tables["decisions"]["state"].to_pylist() == ["obeyed"]


def test_a_check_that_is_wrong_goes() -> None:
    tables, _ = after(("Anna", "wrong", "checks", first("checks"), {}))
    assert tables["checks"].num_rows == edition_maker.small()["checks"].num_rows - 1


def test_checked_only_keeps_checked_rows_and_what_they_rest_on() -> None:
    name = edition_maker.small()["verdicts"].to_pylist()[0]["verdict_id"]
    tables, _ = after(("Anna", "right", "verdicts", name, {}), ("Anna", "seen", "events", first("events"), {}))
    only = checked_only(tables)
    [row] = only["verdicts"].to_pylist()
    assert row["verdict_id"] == name and set(only["readings"]["reading"].to_pylist()) == set(row["readings"])
    assert only["parallels"].num_rows == 0 and only["witnesses"].num_rows == tables["witnesses"].num_rows


def every_row() -> Iterable[tuple[str, str]]:
    for table in (
        "times",
        "figures",
        "quotes",
        "claims",
        "verdicts",
        "events",
        "parallels",
        "names",
        "witnesses",
        "silences",
        "checks",
    ):
        yield table, first(table)


@pytest.mark.parametrize(("table", "row"), list(every_row()))
def test_every_kind_of_row_can_be_seen_and_says_by_whom(table: str, row: str) -> None:
    tables, _ = after(("Anna", "seen", table, row, {}))
    [seen] = tables["reviewed"].to_pylist()
    assert (seen["table"], seen["row"], seen["by"], seen["checked"], seen["standing"]) == (
        table,
        row,
        ["Anna"],
        False,
        "seen",
    )
