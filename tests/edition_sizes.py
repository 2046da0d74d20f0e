"""Editions of any size, and hostile ones, for the tests and benchmarks of the site and the exports."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from edition_maker import Desk, small_desk
from variorum import records as r


def large(witnesses: int = 2000, events: int = 10000) -> dict[str, pa.Table]:
    """An edition of any size: each event is told by two to four witnesses; a tenth of the events are in conflict.

    >>> large(20, 30)["events"].num_rows
    30
    """
    desk = Desk()
    told: dict[int, list[int]] = {w: [] for w in range(witnesses)}
    for e in range(events):
        for k in range(2 + e % 3):
            told[(e * 7 + k * 13) % witnesses].append(e)
    for w in range(witnesses):
        sentences = [
            f"On {1 + e % 28} March {1900 + e % 90} boat {e} left harbour {e % 50} with {40 + (e + w) % 9} people on board."
            for e in told[w]
        ]
        published = f"{1991 + w % 9}-0{1 + w % 9}-1{w % 9}"
        desk.witness(
            f"w{w:04}",
            _siglum(w),
            f"Account {w}",
            f"Paper {w % 40}",
            f"party {w % 6}",
            published,
            "\n\n".join(sentences) or "Nothing.",
        )
        _large_rows(desk, f"w{w:04}", told[w], sentences)
    for e in range(events):
        _large_event(desk, e, [f"w{(e * 7 + k * 13) % witnesses:04}" for k in range(2 + e % 3)])
    for w in range(1, witnesses):
        _large_parallel(desk, f"w{w - 1:04}", f"w{w:04}")
    return desk.tables()


def _siglum(number: int) -> str:
    first, letter = divmod(number, 26)
    return (
        chr(65 + letter)
        if not first
        else chr(65 + (first - 1) // 26 % 26) + chr(97 + (first - 1) % 26) + chr(97 + letter)
    )


def _large_rows(desk: Desk, key: str, told: list[int], sentences: list[str]) -> None:
    at = 0
    for number, (e, words) in enumerate(zip(told, sentences, strict=True)):
        claim = f"{key}.c{e}"
        desk.add(r.Tied(key, at, at + len(words), words, number, number))
        desk.add(r.Claim(key, at, at + len(words), words, claim, "move", "left", sentence=number))
        desk.add(r.Tells(claim, f"e{e:05}", "tells"))
        begin = at + words.index("with ") + 5
        figure = words[words.index("with ") + 5 : words.index(" people")]
        desk.add(
            r.Figure(key, begin, begin + len(figure), figure, float(figure), float(figure), False, "people", "aboard")
        )
        day = words[3 : words.index(" boat")]
        desk.add(r.Time(key, at + 3, at + 3 + len(day), day, "DATE", "x", edtf=_day(e)))
        desk.add(
            r.Reading(
                key,
                begin,
                begin + len(figure),
                figure,
                f"{claim}.r",
                f"e{e:05}",
                "aboard",
                low=float(figure),
                high=float(figure),
                value=figure,
                claim=claim,
            )
        )
        place = f"harbour {e % 50}"
        start = at + words.index(place)
        desk.add(
            r.Place(
                key,
                start,
                start + len(place),
                place,
                place,
                "settlement",
                50 + e % 50 / 10,
                -10 + e % 37 / 3,
                precision="point",
            )
        )
        at += len(words) + 2


def _day(e: int) -> str:
    return f"{1900 + e % 90}-03-{1 + e % 28:02}"


def _large_event(desk: Desk, e: int, tellers: list[str]) -> None:
    event = f"e{e:05}"
    desk.add(
        r.Event(
            event,
            f"Boat {e} leaves harbour {e % 50}",
            "act",
            "move",
            _day(e),
            [f"harbour {e % 50}"],
            None,
            len(tellers),
            len(tellers),
        )
    )
    verdict = "conflict" if e % 10 == 0 else "compatible"
    readings = [f"{w}.c{e}.r" for w in tellers]
    desk.add(
        r.Verdict(
            f"v{e:05}",
            event,
            "aboard",
            "total",
            verdict,
            "count",
            "The counts were set side by side.",
            readings,
            float(e % 100),
        )
    )


def _large_parallel(desk: Desk, a: str, b: str) -> None:
    x, y = desk.texts[a][:40], desk.texts[b][:40]
    desk.add(r.Parallel(a, 0, len(x), x, b, 0, len(y), y, "close", 0.8, "a to b", "published before"))
    desk.add(r.Stemma(a, b, "close", 1, 40, False, "published before"))


def hostile() -> dict[str, pa.Table]:
    """The small edition and a witness whose words try to be markup, links and control characters."""
    desk = small_desk()
    text = (
        "<script>window.broken=1</script> <img src=x onerror=window.broken=1> javascript:alert(1) </script><!-- \u2028\u2029\n\n"
        "\u202egnirts desrever\u202c and \u2067an isolate left open. </textarea></title>\x00\x07 ' onmouseover='window.broken=1 {{ 7*7 }} {% raw %}\n\n"
        "]]> &lt;b&gt; http://example.invalid/x?a=1&b=2 \u05e9\u05dc\u05d5\u05dd \U0001f6a2"
    )
    desk.witness(
        "../../<b>evil</b>\"'",
        "F",
        "<img src=x onerror=window.broken=1>\u202e",
        "javascript:alert(1)",
        '"><script>window.broken=1</script>',
        "1998-13-99",
        text,
    )
    desk.rows["witnesses"][-1] = replace(desk.rows["witnesses"][-1], source="javascript:window.broken=1")
    _hostile_rows(desk, "../../<b>evil</b>\"'", "<script>window.broken=1</script>")
    return desk.tables()


def _hostile_rows(desk: Desk, key: str, words: str) -> None:
    nan, span = float("nan"), desk.span(key, words)
    image = "<img src=x onerror=window.broken=1>"
    desk.add(r.Claim(**span, claim="</script>", type="<i>", trigger="x", voice=["<b>voice</b>"]))
    desk.add(r.Event("<e>", words, "act", '"><b>', "not a date", ["</script>"], None, 1, 1, "<u>doubt</u>"))
    desk.add(r.Tells("</script>", "<e>", "tells"))
    reading = {"reading": "rx", "event": "<e>", "attribute": "<b>a</b>", "value": "</script>"}
    desk.add(r.Reading(**span, **reading, low=nan, high=float("inf")))
    rests = ["rx", "no such reading"]
    desk.add(r.Verdict("<v>", "<e>", "<b>a</b>", "</script>", "<odd>", "</script>", image, rests, nan))
    desk.add(r.Place(**desk.span(key, "javascript:"), name=image, kind="x", lat=1e9, lon=nan, precision="point"))
    desk.add(r.Problem(key, 5, 10**9, "</script>", words))
    desk.add(r.Check(key, "</script>", "<b>", "</b>", "<script>", [[0, 8], [-5, 10**9], []]))
    desk.add(r.Silence("<e>", "no such witness", "<b>"))
    toll = {
        "topic": "<q>",
        "label": image,
        "parent": "<q>",
        "event": "<e>",
        "role": "<b>",
        "group": None,
        "place": None,
    }
    toll |= {"scope": "</script>", "reading": "rx", "course": False, "verdict": "<odd>", "verdict_id": "<v>"}
    for n, (low, high, day) in enumerate(
        [(nan, float("inf"), "1998"), (3.0, 1e308, "soon"), (-5.0, 2.0, "1999-02-30")]
    ):
        told = {"as_of": day, "counted_by": image, "position": n, "repeats": f"<t{1 - n}>"}
        desk.add(r.Toll(**span, **toll, **told, toll=f"<t{n}>", low=low, high=high))
    desk.add(r.Name("<b>", "</script>", "\u202eabc", key, 1))


def long_line(characters: int = 10_000_000, mentions: int = 5000) -> dict[str, pa.Table]:
    """The small edition and a witness of one line with very many mentions."""
    desk = small_desk()
    piece = "the ferry went on and on and "
    text = piece * (characters // len(piece))
    desk.witness("longline", "F", "One line", None, None, None, text)
    step = max(len(text) // mentions // len(piece) * len(piece), len(piece))
    for at in range(0, min(len(text), step * mentions), step):
        desk.add(r.Actor("longline", at + 4, at + 9, "ferry", "ferry", "group"))
    return desk.tables()
