"""The app: its pages without scripts, its API, its users; and what it withstands: other origins, hostile names, crashes."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import serve_maker
from serve_maker import Client, served
from variorum.cli import main
from variorum.errors import ConfigError, EditionError
from variorum.review.log import Draft, Log, log_of
from variorum.serve.api import ROUTES
from variorum.serve.app import PAGES, build_app
from variorum.serve.desk import Settings
from variorum.serve.server import run
from variorum.serve.users import Users

MARKUP = "<script>window.broken=1</script>\"'><img src=x onerror=broken=2>"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return serve_maker.edition(tmp_path_factory.mktemp("served") / "e")


@pytest.fixture
def folder(base: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(base, tmp_path / "e"))


@pytest.fixture
def anna(folder: Path) -> Iterator[Client]:
    with served(folder) as client:
        yield client


@pytest.fixture
def team(folder: Path) -> Iterator[Client]:
    users = Users(folder.parent / "users.json")
    for name, role in (("rosa", "reader"), ("ben", "reviewer"), ("carla", "reviewer"), ("edith", "editor")):
        users.add(name, role, f"{name} has a long word")
    with served(folder, users=folder.parent / "users.json") as client:
        yield client


def enter(client: Client, name: str) -> Client:
    assert client.enter(name, f"{name} has a long word").status_code == 200
    return client


def verdict(client: Client, number: int = 0) -> tuple[str, str]:
    return "verdicts", client.get("/api/rows/verdicts").json()["rows"][number]["key"]


def form(html: str, says: str) -> dict[str, str]:
    """The hidden fields of the form that says something."""
    for one in re.findall(r"<form.*?</form>", html, re.DOTALL):
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', one))
        if fields.get("says") == says:
            return fields
    raise AssertionError(says)


# --- pages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/chronology.html",
        "/events/e2.html",
        "/queue",
        "/search",
        "/decisions",
        "/start",
        "/rows/verdicts",
        "/rows/events/e2",
    ],
)
def test_every_page_is_there_with_the_bar_and_without_a_script_in_it(anna: Client, path: str) -> None:
    answer = anna.get(path)
    assert answer.status_code == 200 and "data-bar" in answer.text and "To be checked" in answer.text
    assert not re.search(r"<script(?![^>]*\bsrc=)", answer.text) and not re.search(r"\son\w+=", answer.text)
    assert "script-src 'self'" in answer.headers["content-security-policy"] and "http-equiv" not in answer.text


def test_a_person_works_through_the_queue_without_a_script(anna: Client) -> None:
    page = anna.get("/queue").text
    for says in ("right", "wrong", "right"):
        fields = form(page, says)
        answer = anna.client.post("/decide", data=fields)
        assert answer.status_code == 303
        page = anna.get(answer.headers["location"]).text
    listed = anna.get("/api/decisions").json()["decisions"]
    assert [d["says"] for d in listed] == ["right", "wrong", "right"] and len({d["words"][0][0] for d in listed}) > 1
    assert "3 decisions are not yet in the pages" in page
    undo = form(page, "undo")
    page = anna.get(anna.client.post("/decide", data=undo).headers["location"]).text
    assert [d["state"] for d in anna.get("/api/decisions").json()["decisions"]][2:] == ["undone", "waiting"]


def test_the_queue_begins_with_the_most_telling_and_leaves_out_what_was_judged(anna: Client) -> None:
    first = anna.get("/api/queue").json()
    weights = [r["weight"] for r in anna.get("/api/rows/verdicts").json()["rows"] if r["sure"] != "low"]
    assert first["card"]["row"]["weight"] == max(weights)
    anna.decide("seen", (first["card"]["table"], first["card"]["key"]))
    second = anna.get("/api/queue").json()
    assert second["card"]["key"] != first["card"]["key"] and second["left"] == first["left"] - 1


def test_with_two_readers_each_is_asked_and_with_one_only_the_first(team: Client) -> None:
    desk = team.client.app.app.state.desk  # type: ignore[attr-defined]
    ben = enter(team, "ben")
    first = ben.get("/api/queue").json()["card"]
    place = (first["table"], first["key"])
    assert ben.decide("note", place, why="who counted?").status_code == 201
    assert ben.get("/api/queue").json()["card"]["key"] == first["key"]
    ben.decide("right", place)
    carla = enter(team, "carla")
    assert carla.get("/api/queue").json()["card"]["key"] != first["key"]
    desk.two_readers = True
    card = carla.get("/api/queue").json()["card"]
    assert card["key"] == first["key"] and [d["by"] for d in card["decisions"]] == ["ben", "ben"]


def test_the_words_of_a_comparison_lead_to_the_mention_that_may_be_wrong(anna: Client) -> None:
    rows = anna.get("/api/rows/verdicts").json()["rows"]
    words = [w for row in rows for w in anna.get(f"/api/rows/verdicts/{row['key']}").json()["words"]]
    leads = {w["row"] for w in words if w["row"]}
    assert any(row.startswith("figures/") for row in leads)
    for row in leads:
        assert anna.get(f"/rows/{row}").status_code == 200
    assert {m["table"] for m in anna.get("/api/mentions?witness=families&start=181&end=182").json()} >= {"figures"}


def test_nothing_of_the_edition_is_changed(anna: Client, folder: Path) -> None:
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    for path in ("/", "/queue", "/search?q=ferry", "/events/e2.html"):
        anna.get(path)
    anna.decide("right", verdict(anna))
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


def test_a_row_has_a_page_with_its_history(anna: Client) -> None:
    row = verdict(anna)
    made = anna.decide("verdict", row, value={"verdict": "compatible"}, why="two days apart").json()
    page = anna.get(f"/rows/verdicts/{row[1]}").text
    assert "Anna: another verdict: compatible (two days apart)" in page and made["decision"] in page
    told = anna.get(f"/api/states?table=verdicts&key={row[1]}").json()
    assert told[row[1]][0]["state"] == "waiting"


def test_words_are_marked_as_a_mention_that_was_missed(anna: Client) -> None:
    page = anna.get("/mark?kind=figure&witness=families&start=181&end=186").text
    fields = form(page, "missed") | {
        "value.low": "40",
        "value.high": "40",
        "value.role": "killed",
        "why": "they say forty",
    }
    assert anna.client.post("/decide", data=fields).status_code == 303
    [one] = anna.get("/api/decisions").json()["decisions"]
    assert (one["kind"], one["says"], one["words"], one["value"]["low"]) == (
        "figure",
        "missed",
        [["families:181-186", "Forty"]],
        40,
    )


def test_events_are_merged_and_split_and_the_merge_is_undone(anna: Client) -> None:
    merged = anna.decide("merge", ("events", "e1"), ("events", "e2"), why="one collision")
    assert merged.status_code == 201, merged.text
    claims = [w["key"] for w in anna.get("/api/rows/events/e2").json()["words"]]
    assert anna.decide("split", ("events", "e2"), off=claims[-1:]).status_code == 201
    nothing = anna.decide("split", ("events", "e2"), off=claims)
    assert nothing.status_code == 400 and "not none and not all" in nothing.json()["error"]
    key = merged.json()["decision"]
    assert anna.client.post(f"/api/decisions/{key}/undo", json={}, headers=anna.head()).status_code == 201
    assert anna.get(f"/api/decisions/{key}").json()["state"] == "undone"
    assert {d["decision"] for d in anna.get("/api/rows/events/e1").json()["decisions"]} > {key}


# --- search ---------------------------------------------------------------------------------------------------------

SEARCHES = [
    ("q=ferry&kind=words", 1), ('q="changed course"', 0), ('q="sudden change"&kind=words', 2), ("q=cou*&kind=words", 3), ("q=coaster NEAR/3 Tolven&kind=words", 1),
    ("q=ferry -sank&kind=words", 1), ("q=parishes OR bodies&kind=words", 2), ("witness=families&kind=words", 4), ("place=gannet bank", 1), ("verdict=conflict&kind=words", 1),
    ("since=1998-11-17&until=1998-11-17&kind=words", 3), ("since=2001", 0), ("q=Teverin&kind=name", 1), ("q=", 0), ("q=*", 0), ('q="', 0),
]  # fmt: skip


@pytest.mark.parametrize(("query", "least"), SEARCHES)
def test_searches_find_what_they_say(anna: Client, query: str, least: int) -> None:
    found = anna.get(f"/api/search?{query}")
    assert found.status_code == 200, found.text
    total = found.json()["total"]
    assert total >= least if least else total == 0, found.json()


@pytest.mark.parametrize(
    "query",
    [
        "q=" + q
        for q in (
            "a) OR (b",
            "col:x",
            "{x}:y",
            "^x",
            "a AND",
            "NEAR(",
            "NEAR/3",
            "OR OR",
            "-x",
            "'; DROP TABLE found; --",
            "\u0000",
        )
    ],
)
def test_no_query_breaks_the_search(anna: Client, query: str) -> None:
    assert anna.client.get("/api/search", params={"q": query[2:]}).status_code == 200


def test_a_wrong_date_is_a_sentence(anna: Client) -> None:
    answer = anna.get("/api/search?since=yesterday")
    assert answer.status_code == 400 and "write 1998-11-17" in answer.json()["error"]


# --- the API --------------------------------------------------------------------------------------------------------


def test_the_api_is_described_and_every_route_is_in_it(anna: Client) -> None:
    told = anna.get("/openapi.json").json()
    listed = {(m.upper(), p) for p, methods in told["paths"].items() for m in methods}
    assert listed == {(r.method, r.path.replace(":path", "")) for r in ROUTES}
    assert told["openapi"].startswith("3.1") and set(told["components"]["schemas"]) >= {
        "Said",
        "RowRef",
        "WordsRef",
        "Error",
    }
    ids = [one["operationId"] for methods in told["paths"].values() for one in methods.values()]
    assert len(set(ids)) == len(ids)
    import openapi_spec_validator as validator

    validator.validate(told)


def test_every_table_and_row_has_an_address(anna: Client) -> None:
    for name in anna.get("/api/rows").json():
        rows = anna.get(f"/api/rows/{name}?most=1").json()
        if rows["total"] and anna.get("/api/rows").json()[name]["says"]:
            key = rows["rows"][0]["key"]
            assert anna.client.get(f"/api/rows/{name}/{key}").status_code == 200, (name, key)
    assert anna.get("/api/rows/figures?witness=families").json()["total"] >= 1
    assert anna.get("/api/rows/figures?colour=red").status_code == 400
    assert anna.get("/api/rows/users").status_code == 404 and anna.get("/api/rows/events/nothing").status_code == 404


WRONG = [
    ({}, "says: Field required"), ({"says": "sung", "rows": [{"table": "events", "row": "e1"}]}, "of a event one can say"),
    ({"says": "right"}, "is about nothing"), ({"says": "right", "rows": [{"table": "events", "row": "e99"}]}, "there is no such row"),
    ({"says": "right", "rows": "all"}, "does not fit"), ({"says": "undo", "decision": "none"}, "there is no such decision"),
    ({"says": "title", "rows": [{"table": "events", "row": "e1"}], "value": {"title": ""}}, "title"), ({"says": "right", "by": "Ben"}, "Extra inputs"),
    ({"says": "missed", "words": [{"kind": "figure", "witness": "families", "start": 5, "end": 99999}], "value": {"low": 1, "high": 1}}, "no stretch 5-99999"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "said"), WRONG, ids=[w[1] for w in WRONG])
def test_what_does_not_fit_is_a_sentence_and_nothing_is_written(
    anna: Client, folder: Path, body: dict[str, Any], said: str
) -> None:
    answer = anna.client.post("/api/decisions", json=body, headers=anna.head())
    assert answer.status_code in (400, 404) and said in answer.json()["error"], answer.text
    assert not Log(log_of(folder)).decisions


def test_what_the_command_line_decides_is_seen_and_the_other_way_round(anna: Client, folder: Path) -> None:
    told = CliRunner().invoke(main, ["review", str(folder), "add", "seen", "--row", "events", "e2", "--by", "Ben"])
    assert told.exit_code == 0, told.output
    end = time.monotonic() + 5
    while not anna.get("/api/decisions").json()["total"]:
        assert time.monotonic() < end
        time.sleep(0.1)
    anna.decide("right", verdict(anna))
    listed = CliRunner().invoke(main, ["review", str(folder), "list"]).output
    assert "Ben: seen" in listed and "Anna: right" in listed


# --- users ----------------------------------------------------------------------------------------------------------


def test_nobody_comes_in_without_a_password(team: Client) -> None:
    assert team.get("/").status_code == 303 and team.get("/").headers["location"].startswith("/login")
    for route in ROUTES:
        if route.may != "all":
            path = route.path.replace("{table}", "events").replace("{key:path}", "e1").replace("{decision}", "x")
            answer = team.client.request(route.method, path, headers=team.head())
            assert answer.status_code in (303, 401), (route.path, answer.status_code)
    assert team.enter("edith", "edith").status_code == 403


def test_roles_may_what_they_may(team: Client) -> None:
    rosa = enter(team, "rosa")
    assert rosa.get("/queue").status_code == 200 and "a reviewer can decide" in rosa.get("/queue").text
    assert rosa.decide("right", verdict(rosa)).status_code == 403
    ben = enter(team, "ben")
    made = ben.decide("right", verdict(ben))
    assert made.status_code == 201 and made.json()["by"] == "ben"
    assert ben.client.post("/api/make", headers=ben.head()).status_code == 403
    undo = f"/api/decisions/{made.json()['decision']}/undo"
    carla = enter(team, "carla")
    assert carla.client.post(undo, json={}, headers=carla.head()).status_code == 403
    edith = enter(team, "edith")
    assert edith.client.post(undo, json={}, headers=edith.head()).status_code == 201


def test_a_user_who_is_removed_is_out_at_once(team: Client, folder: Path) -> None:
    ben = enter(team, "ben")
    assert ben.get("/api/report").status_code == 200
    Users(folder.parent / "users.json").remove("ben")
    assert ben.get("/api/report").status_code == 401


def test_a_session_that_somebody_else_began_is_worth_nothing(team: Client) -> None:
    before = dict(team.client.cookies)
    enter(team, "ben")
    after = dict(team.client.cookies)
    assert before and after and before != after
    team.client.cookies.clear()
    team.client.cookies.update(before)
    assert team.get("/api/report").status_code == 401


def test_guessing_passwords_is_slowed_for_known_and_unknown_names(team: Client) -> None:
    for name in ("ben", "nobody"):
        answers = [team.enter(name, f"guess number {n}").status_code for n in range(7)]
        assert answers[:5] == [403] * 5 or name == "nobody"
        assert answers[-1] == 429, answers
    assert team.enter("ben", "ben has a long word").status_code == 429
    assert "Wait" in team.enter("ben", "ben has a long word").json()["error"]


def test_the_file_of_users_holds_no_password_and_is_its_owner_s_alone(team: Client, folder: Path) -> None:
    path = folder.parent / "users.json"
    assert "long word" not in path.read_text(encoding="utf-8") and "$argon2id$" in path.read_text(encoding="utf-8")
    assert sys.platform == "win32" or path.stat().st_mode & 0o077 == 0


def test_the_command_for_users(tmp_path: Path) -> None:
    file = ["--users", str(tmp_path / "team.json")]
    run_ = lambda *args, word="": CliRunner().invoke(main, ["users", *args, *file], input=word)  # noqa: E731
    assert (
        run_("add", "ben", "--role", "editor", "--password-stdin", word="a long password\n").output
        == "ben is a editor\n"
    )
    assert "is too short" in run_("add", "ada", "--password-stdin", word="short\n").output
    assert "is there already" in run_("add", "ben", "--password-stdin", word="a long password\n").output
    assert run_("passwd", "ben", "--password-stdin", word="another long one\n").exit_code == 0
    assert Users(tmp_path / "team.json").check("ben", "another long one") is not None
    assert run_("list").output == "ben  editor\n"
    assert run_("remove", "ben").exit_code == 0 and "there is none of that name" in run_("remove", "ben").output


def test_another_host_needs_users(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="lets others in, so it needs users"):
        run(folder, Settings(), "0.0.0.0")
    with pytest.raises(ConfigError, match="has no users"):
        run(folder, Settings(users=tmp_path / "none.json"), "0.0.0.0")


# --- a part by words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["conflict", "killed and conflict", "not conflict", "witness:A and agree", "zyrrin"])
def test_the_app_selects_as_the_terminal_does(anna: Client, folder: Path, where: str) -> None:
    shown = CliRunner().invoke(main, ["show", str(folder), "-n", "0", "--where", where, "--json"])
    wanted = {json.loads(line)["verdict_id"] for line in shown.stdout.splitlines()}
    found = anna.client.get("/api/select", params={"where": where, "most": 500}).json()
    assert {row["key"] for row in found["rows"]} == wanted
    page = anna.client.get("/select", params={"where": where}).text
    assert f"{found['total']} question" in page and page.count("its words and history") == min(found["total"], 50)


def test_a_choice_is_exported_as_the_terminal_exports_it(anna: Client, folder: Path, tmp_path: Path) -> None:
    answer = anna.client.get("/export", params={"to": "json", "where": "killed and conflict"})
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
    args = ["export", str(folder), "--to", "json", "--where", "killed and conflict", "-o", str(tmp_path / "o.json")]
    assert CliRunner().invoke(main, args).exit_code == 0
    assert answer.json()["tables"] == json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))["tables"]
    assert len(answer.json()["tables"]["verdicts"]) < len(
        anna.client.get("/export?to=json").json()["tables"]["verdicts"]
    )


def test_what_cannot_be_selected_or_exported_is_said(anna: Client) -> None:
    assert "is not closed" in anna.client.get("/select", params={"where": "(killed"}).text
    assert anna.client.get("/api/select", params={"where": "colour:red"}).status_code == 400
    assert "there is no such format" in anna.client.get("/export", params={"to": "embed"}).text
    hostile = anna.client.get("/select", params={"where": MARKUP})
    assert hostile.status_code == 200 and MARKUP not in hostile.text
    assert "there is no such log" in anna.client.get("/export", params={"to": "csv", "redact": "yes"}).text


def test_the_app_exports_with_the_pseudonyms_of_the_review(anna: Client, folder: Path) -> None:
    name = "Merrow"
    assert name in anna.client.get("/export", params={"to": "footnotes"}).text
    about = {"kind": "name", "names": [{"form": name, "kind": "organisation"}]}
    Log(log_of(folder)).add([Draft("Anna", about, "pseudonym", {"name": "Company K"})])
    hidden = anna.client.get("/export", params={"to": "footnotes", "redact": "yes"}).text
    assert name not in hidden and "Company K" in hidden


def test_only_editors_export(team: Client) -> None:
    enter(team, "rosa")
    assert team.client.get("/select?where=conflict").status_code == 200
    assert "/export" not in team.client.get("/select?where=conflict").text
    assert team.client.get("/export?to=csv").status_code == 403


def test_the_app_leads_to_pages_that_only_some_editions_have(anna: Client, folder: Path) -> None:
    assert 'href="/tolls.html"' not in anna.client.get("/queue").text
    (folder / "tolls.html").write_text("<html></html>", encoding="utf-8")
    assert 'href="/tolls.html"' in anna.client.get("/queue").text


# --- attacks --------------------------------------------------------------------------------------------------------

ELSEWHERE = [
    {"origin": "https://elsewhere.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
    {"origin": "http://testserver.elsewhere.example"}, {"origin": "http://testserver:81"},
]  # fmt: skip


@pytest.mark.parametrize("head", ELSEWHERE, ids=str)
def test_a_page_of_another_origin_cannot_write(anna: Client, folder: Path, head: dict[str, str]) -> None:
    body = {"says": "right", "rows": [{"table": "events", "row": "e1"}]}
    answer = anna.client.post("/api/decisions", json=body, headers=anna.head(**head))
    assert answer.status_code == 403 and not Log(log_of(folder)).decisions


def test_nothing_is_written_without_the_session_s_token(anna: Client, folder: Path) -> None:
    body = {"says": "right", "rows": [{"table": "events", "row": "e1"}]}
    for head in ({}, {"x-variorum-token": "guessed"}):
        assert anna.client.post("/api/decisions", json=body, headers=head).status_code == 403
    assert anna.client.post("/decide", data={"says": "right", "row": "events/e1", "token": "x"}).status_code == 403
    for route in (*PAGES, *ROUTES):
        if route.method == "POST":
            path = route.path.replace("{decision}", "x")
            assert (
                anna.client.post(path, headers={"content-type": "application/json"}, content=b"{}").status_code == 403
            ), path
    assert not Log(log_of(folder)).decisions


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "testserver.elsewhere.example", "127.0.0.1:9", "", "testserver:80"]
)
def test_a_name_that_is_pointed_here_is_not_answered(anna: Client, host: str) -> None:
    for path in ("/", "/api/decisions", "/app/app.js"):
        assert anna.client.get(path, headers={"host": host}).status_code == 421, path


OUT = [
    "/../users.json", "/%2e%2e/users.json", "/tables/../../users.json", "/tables/%2e%2e/%2e%2e/users.json", "/..%2fusers.json", "/tables/..%5c..%5cusers.json",
    "//etc/passwd", "/etc/passwd", "/.hidden.html", "/tables/", "/index.html/", "/index.html%00.txt", "/link.html", "/notes.py", "/app/../users.json", "/app/secret",
]  # fmt: skip


@pytest.mark.parametrize("path", OUT)
def test_no_path_leaves_the_edition(anna: Client, folder: Path, path: str) -> None:
    (folder.parent / "users.json").write_text("secret", encoding="utf-8")
    (folder / ".hidden.html").write_text("secret", encoding="utf-8")
    (folder / "notes.py").write_text("secret", encoding="utf-8")
    if not (folder / "link.html").exists():
        (folder / "link.html").symlink_to(folder.parent / "users.json")
    answer = anna.client.get(path)
    assert answer.status_code == 404 and "secret" not in answer.text


def test_what_is_too_large_is_not_read(anna: Client) -> None:
    answer = anna.client.post("/api/decisions", content=b"x" * 1_000_001, headers=anna.head())
    assert answer.status_code == 413

    def chunks() -> Iterator[bytes]:
        for _ in range(30):
            yield b"x" * 100_000

    assert anna.client.post("/api/decisions", content=chunks(), headers=anna.head()).status_code == 413
    deep = b'{"says":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    assert anna.client.post("/api/decisions", content=deep, headers=anna.head()).status_code == 400


HOSTILE = {
    "../../escape.txt": "escape.txt", "..\\..\\flight.txt": "flight.txt", "/etc/cron.d/run.txt": "run.txt", ".bashrc.txt": "bashrc.txt", "CON.txt": "_CON.txt",
    "a\x00b.txt": "a 00b.txt", "<img src=x onerror=alert(1)>.txt": "img src=x onerror=alert(1) .txt", "x" * 400 + ".txt": "x" * 116 + ".txt",
}  # fmt: skip


def test_files_are_kept_under_safe_names_and_never_served(
    anna: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("variorum.serve.views._begin", lambda ask: None)
    for given, name in HOSTILE.items():
        files = {"files": (given, f"The ferry sank. {given}".encode())}
        answer = anna.client.post("/accounts", files=files, headers=anna.head(accept="application/json"))
        assert answer.json()["kept"] == [name], answer.text
        kept = folder.parent / "e.accounts" / name
        assert kept.is_file() and (sys.platform == "win32" or kept.stat().st_mode & 0o111 == 0)
    assert sorted(p.name for p in folder.parent.iterdir() if not p.name.startswith(".")) == ["e", "e.accounts"]
    assert anna.get("/e.accounts/escape.txt").status_code == 404
    assert "<img" not in anna.get("/start").text


def test_files_of_other_kinds_empty_ones_and_large_ones_are_refused_in_a_sentence(folder: Path) -> None:
    with served(folder, upload_mb=1) as anna:
        for name, data, said in (
            ("run.exe", b"MZ", "is of no kind"),
            ("a.txt", b"", "is empty"),
            ("b.txt", b"x" * 1_100_000, "larger than 1 MB"),
        ):
            answer = anna.client.post(
                "/accounts", files={"files": (name, data)}, headers=anna.head(accept="application/json")
            )
            assert answer.json()["kept"] == [] and said in answer.json()["refused"][0], answer.text
        many = [("files", (f"{n}.txt", b"x")) for n in range(1001)]
        assert anna.client.post("/accounts", files=many, headers=anna.head()).status_code == 400
        assert (
            anna.client.post("/accounts", files={"files": ("a.txt", b"x" * 5_000_000)}, headers=anna.head()).status_code
            == 413
        )
    assert not (folder.parent / "e.accounts").exists()


def test_markup_in_notes_names_and_titles_stays_text(folder: Path) -> None:
    with served(folder, me=MARKUP[:60]) as anna:
        assert anna.decide("note", ("events", "e2"), why=MARKUP).status_code == 201
        assert anna.decide("title", ("events", "e2"), value={"title": MARKUP}).status_code == 201
        assert anna.decide("question", verdict(anna), value={"to": MARKUP}, why=MARKUP).status_code == 201
        for path in (
            "/queue",
            "/decisions",
            "/rows/events/e2",
            "/",
            f"/rows/verdicts/{verdict(anna)[1]}",
            "/search?q=%3Cscript%3E",
            f"/decisions?by={MARKUP}",
        ):
            page = anna.get(path).text
            assert "<script>window" not in page and "<img src=x" not in page, path
        answer = anna.get("/api/decisions")
        assert (
            answer.headers["content-type"] == "application/json"
            and answer.headers["x-content-type-options"] == "nosniff"
        )


def test_formulas_in_what_people_write_do_not_run_in_a_spreadsheet(anna: Client, folder: Path) -> None:
    for why in ('=HYPERLINK("http://elsewhere.example")', "+1+1", "@SUM(A1)", "\t=1"):
        anna.decide("note", ("events", "e2"), why=why)
    told = CliRunner().invoke(main, ["review", str(folder), "export", "--to", "csv"]).output
    cells = [line for line in told.splitlines() if "note" in line]
    assert len(cells) == 4 and not any(re.search(r",[=+@\t]|,\"[=+@\t]", line) for line in cells), told


def test_errors_tell_nothing_of_the_inside(anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any) -> None:
        raise RuntimeError("a folder of mine and a password: secret")

    monkeypatch.setattr("variorum.serve.store.Store.rows", broken)
    answer = anna.get("/api/rows/events")
    assert answer.status_code == 500 and "secret" not in answer.text and "Traceback" not in answer.text
    assert "It is noted as" in answer.text
    missing = anna.get("/nothing/here.html")
    assert missing.status_code == 404 and str(Path.cwd()) not in missing.text


@pytest.mark.parametrize(
    "going",
    [
        "//elsewhere.example",
        "https://elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "\\\\elsewhere.example",
        "/ok\r\nset-cookie: x=1",
    ],
)
def test_no_form_leads_elsewhere(anna: Client, going: str) -> None:
    fields = {"token": anna.token, "says": "seen", "row": "events/e2", "next": going}
    assert anna.client.post("/decide", data=fields).headers["location"] == "/"


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(anna: Client) -> None:
    anna.client.cookies.clear()
    told = anna.client.get("/").headers["set-cookie"]
    assert "HttpOnly" in told and "SameSite=lax" in told and "Path=/" in told


# --- faults ---------------------------------------------------------------------------------------------------------


def test_a_full_disk_is_a_sentence_and_loses_nothing(
    anna: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = anna.decide("seen", ("events", "e2")).json()["decision"]
    real = os.write

    def full(handle: int, data: Any) -> int:
        if b'"says"' in bytes(data):
            raise OSError(28, "No space left on device")
        return real(handle, data)

    monkeypatch.setattr(os, "write", full)
    answer = anna.decide("right", verdict(anna))
    assert answer.status_code == 503 and "nothing was decided and nothing was lost" in answer.json()["error"]
    monkeypatch.undo()
    assert anna.decide("right", verdict(anna)).status_code == 201
    assert next(iter(Log(log_of(folder)).decisions)) == first and len(Log(log_of(folder)).decisions) == 2


def test_two_apps_on_one_edition_the_second_is_told_where_the_first_is(folder: Path) -> None:
    from variorum.serve.server import _alone

    with (
        _alone(folder, "http://localhost:8765/"),
        pytest.raises(EditionError, match="is served already, at http://localhost:8765/"),
    ):
        run(folder, Settings())


SERVER = [sys.executable, "-m", "variorum.cli", "serve"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_app_that_is_killed_loses_no_confirmed_decision(folder: Path) -> None:
    command = [*SERVER, str(folder), "--no-browser", "--as", "Anna"]
    app = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert app.stdout is not None
    url = re.search(r"http://\S+", app.stdout.readline())
    assert url is not None
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    end = time.monotonic() + 30
    while True:
        told = json.load(opener.open(f"{url[0]}api/session"))
        if told["edition"]:
            break
        assert time.monotonic() < end
        time.sleep(0.05)
    body = json.dumps({"says": "note", "rows": [{"table": "events", "row": "e2"}], "why": "before the end"}).encode()
    confirmed = []
    for number in range(60):
        asked = urllib.request.Request(f"{url[0]}api/decisions", body, {"x-variorum-token": told["token"]})
        if number == 40:
            app.send_signal(signal.SIGKILL)
        try:
            confirmed.append(json.load(opener.open(asked, timeout=5))["decision"])
        except OSError:
            break
    app.wait(10)
    assert len(confirmed) >= 40 and set(confirmed) <= set(Log(log_of(folder)).decisions)
    with served(folder) as again:
        assert again.get("/api/decisions").json()["total"] >= len(confirmed)


def test_a_torn_line_is_said_on_the_page_of_decisions(folder: Path) -> None:
    Log(log_of(folder)).add([Draft("Ben", {"kind": "account", "accounts": [{"witness": "courier"}]}, "seen")])
    with log_of(folder).open("ab") as file:
        file.write(b'{"id":"torn')
    with served(folder) as anna:
        assert "was never confirmed" in anna.get("/decisions").text
        anna.decide("seen", ("events", "e2"))
        assert anna.get("/api/decisions").json()["total"] == 2


def test_a_clock_that_went_back_is_said(anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.review.log._stamp", lambda now: "2999-01-01T00:00:00.000Z")
    anna.decide("seen", ("events", "e2"))
    monkeypatch.undo()
    anna.decide("right", ("events", "e2"))
    assert "the clock stands before the last decision" in anna.get("/decisions").text
    assert [d["says"] for d in anna.get("/api/decisions").json()["decisions"]] == ["seen", "right"]


def test_an_edition_in_a_folder_that_cannot_be_written_can_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "variorum.serve.desk.tempfile.TemporaryFile", lambda **given: (_ for _ in ()).throw(OSError(30, "Read-only"))
    )
    with served(folder) as anna:
        assert anna.get("/queue").status_code == 200
        answer = anna.decide("seen", ("events", "e2"))
        assert answer.status_code == 503 and "nothing can be decided here" in answer.json()["error"]


def test_an_edition_of_another_version_is_said_and_its_pages_can_be_read(folder: Path) -> None:
    (folder / "tables" / "reviewed.parquet").unlink()
    app = build_app(folder, Settings(), {serve_maker.HOST})
    with TestClient(app, base_url=f"http://{serve_maker.HOST}") as client:  # type: ignore[arg-type]
        end = time.monotonic() + 10
        while "collate it again" not in client.get("/queue").text:
            assert time.monotonic() < end
            time.sleep(0.05)
        assert client.get("/chronology.html").status_code == 200


def test_making_the_pages_without_accounts_is_a_sentence(anna: Client) -> None:
    answer = anna.client.post("/api/make", headers=anna.head())
    assert answer.status_code == 503 and "has no accounts yet" in answer.json()["error"]
