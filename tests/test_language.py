"""The language layer: words, pieces, sentences, times as one word, labels of other pipelines, names."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from casebook import cases
from variorum.errors import LanguageError
from variorum.language import load, parse
from variorum.language.labels import to_ud
from variorum.language.lemmas import learn
from variorum.language.pieces import LONGEST, pieces
from variorum.language.tokens import PLAIN, doc_of, words_of
from variorum.mentions import times
from variorum.spans import Span


def one(text: str, spans: list[Span] | None = None) -> Doc:
    return next(parse([(text, spans or [])]))


def at(text: str, part: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


# -- words -----------------------------------------------------------------------------------------------------------


def test_a_time_is_one_word() -> None:
    text = "On 17 May 1961, at 5 pm, the ferry sank."
    doc = one(text, [at(text, "17 May 1961"), at(text, "5 pm")])
    assert [span.text for span in doc.spans["times"]] == ["17 May 1961", "5 pm"]
    assert all(len(span) == 1 for span in doc.spans["times"])


def test_a_time_inside_a_word_parts_the_word() -> None:
    nlp = spacy.blank("en")
    text = "mid1961models"
    assert [w.of(text) for w in words_of(nlp, text, [Span(3, 7)])] == ["mid", "1961", "models"]


def test_overlapping_times_share_one_word() -> None:
    text = "from 2 to 5 May 1961"
    doc = one(text, [at(text, "2 to 5 May 1961"), at(text, "5 May 1961")])
    assert [span.text for span in doc.spans["times"]] == ["2 to 5 May 1961"] * 2


def test_times_keep_the_order_of_their_rows() -> None:
    text = "In 1961 and in 1958 it burned."
    doc = one(text, [at(text, "1958"), at(text, "1961")])
    assert [span.text for span in doc.spans["times"]] == ["1958", "1961"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t\n x", "a\u2028b", "\ufeffHale left.", "é" * 10, "👩‍👩‍👧 fled."])
def test_text_comes_back_unchanged(text: str) -> None:
    assert one(text).text == text


def test_lone_surrogates_do_not_stop_the_parse() -> None:
    assert one("Hale \ud800 left.").text == "Hale \ufffd left."


@settings(max_examples=20)
@given(st.text(alphabet=st.sampled_from("aB .,\n\t\r\"'1-\u00a0\u2003é("), max_size=80))
def test_any_text_comes_back_unchanged(text: str) -> None:
    doc = one(text)
    assert doc.text == text
    assert [token.idx for token in doc] == sorted(token.idx for token in doc)
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == text


def test_the_model_sees_a_time_as_a_date() -> None:
    nlp = spacy.blank("en")
    text = "On 17 May 1961"
    assert doc_of(nlp, text, words_of(nlp, text, [Span(3, 14)]))[1].norm_ == "|date|"


# -- pieces and sentences --------------------------------------------------------------------------------------------


def test_a_paragraph_always_ends_a_sentence() -> None:
    doc = one("the army of Merrow\n\nshelled three villages")
    assert [s.text.strip() for s in doc.sents] == ["the army of Merrow", "shelled three villages"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("She died in Remand Prison No. 3 in Sarnik.", 1),
        ("School No. 12 was shelled. No. 7 Squadron lost two pilots.", 2),
        ("Nos. 4 and 5 were hit; Bn. 2 left, see pp. 3-4 and fig. 2.", 1),
        ("Approx. 40 men, incl. 3 boys, died.", 1),
        ("The envoy met Rep. Ann Dale and Sen. Mark Orr on Friday.", 1),
        ("The trial of Orr began on Jan. 5. Mr. Orr was absent.", 2),
        ("They left in May. 40 men stayed behind.", 2),
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str, sentences: int) -> None:
    assert len(list(one(text).sents)) == sentences


def test_a_line_broken_in_a_sentence_goes_on() -> None:
    text = "The dam above the town of Port Asker broke at night and\nten houses fell."
    assert len(list(one(text).sents)) == 1


def test_pieces_are_bounded_and_cover_all_words() -> None:
    text = "word " * 5000
    parts = pieces(text)
    assert max(part.end - part.start for part in parts) <= LONGEST
    assert sum(len(part.of(text).split()) for part in parts) == 5000


def test_no_piece_parts_a_time() -> None:
    text = "x" * (LONGEST - 5) + "17 May 1961 " + "y" * LONGEST
    time_span = at(text, "17 May 1961")
    assert any(part.contains(time_span) for part in pieces(text, [time_span]))


@pytest.mark.parametrize(
    "text",
    ["(" * 9_000, "a" * 20_000, "Hale " * 2_000, '"' * 6_000, "\n" * 20_000, "A, " * 2_000, "Mr. " * 2_000],
    ids=["brackets", "one word", "no sentence end", "marks", "line breaks", "a list", "abbreviations"],
)
def test_hostile_texts_take_little_time(text: str) -> None:
    began = time.process_time()
    doc = one(text)
    assert doc.text == text
    assert time.process_time() - began < 6


def test_texts_are_parsed_together_and_come_back_in_order() -> None:
    texts = [f"Hale left Port Asker {number} times." for number in range(40)]
    assert [doc.text for doc in parse(texts)] == texts


def test_every_head_lies_in_its_sentence() -> None:
    doc = one("The flood killed 12 people.\nTen houses fell.\n\n  The mayor, Ana Teverin, fled. Why?")
    for sentence in doc.sents:
        assert all(sentence.start <= token.head.i < sentence.end for token in sentence)


# -- pipelines -------------------------------------------------------------------------------------------------------


def test_a_missing_pipeline_is_a_clear_error() -> None:
    with pytest.raises(LanguageError) as raised:
        load("no_such_pipeline")
    assert str(raised.value).endswith(
        "; run 'python -m spacy download no_such_pipeline', or give the path of a pipeline"
    )


@pytest.mark.parametrize("model", ["models/none", "x; rm -rf y", "../en"])
def test_what_is_no_name_is_not_advised_as_a_command(model: str) -> None:
    with pytest.raises(LanguageError, match=r"; give the path of a pipeline$"):
        load(model)


def test_a_pipeline_without_a_parser_is_a_clear_error(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "bare")
    with pytest.raises(LanguageError, match="has no parser"):
        load(str(tmp_path / "bare"))


def test_a_pipeline_without_a_tagger_is_a_clear_error(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("parser").add_label("nsubj")
    nlp.initialize()
    nlp.to_disk(tmp_path / "untagged")
    with pytest.raises(LanguageError, match="has no tagger"):
        load(str(tmp_path / "untagged"))


def test_another_pipeline_sees_a_time_as_its_last_word() -> None:
    nlp = spacy.blank("en")
    nlp.vocab.cfg[PLAIN] = True
    text = "On 17 May 1961"
    assert doc_of(nlp, text, words_of(nlp, text, [Span(3, 14)]))[1].norm_ == "1961"


def test_a_pipeline_is_loaded_once() -> None:
    assert load() is load(None)


def clearnlp(words: str, heads: list[int], deps: str, pos: str) -> dict[str, tuple[str, str]]:
    vocab = spacy.blank("en").vocab
    doc = to_ud(Doc(vocab, words=words.split(), heads=heads, deps=deps.split(), pos=pos.split()))
    return {token.text: (token.dep_, token.head.text) for token in doc}


def test_copula_of_clearnlp() -> None:
    found = clearnlp("Hale is a port", [1, 1, 3, 1], "nsubj ROOT det attr", "PROPN AUX DET NOUN")
    assert found == {"Hale": ("nsubj", "port"), "is": ("cop", "port"), "a": ("det", "port"), "port": ("ROOT", "port")}


def test_agent_and_coordination_of_clearnlp() -> None:
    words = "Alda was taken by rebels and Beren burned"
    found = clearnlp(
        words,
        [2, 2, 2, 2, 3, 2, 7, 2],
        "nsubjpass auxpass ROOT agent pobj cc nsubj conj",
        "PROPN AUX VERB ADP NOUN CCONJ PROPN VERB",
    )
    assert found["rebels"] == ("obl:agent", "taken")
    assert found["by"] == ("case", "rebels")
    assert found["and"] == ("cc", "burned")


def test_noun_phrases_of_clearnlp() -> None:
    found = clearnlp("town of Asker fell", [3, 0, 1, 3], "nsubj prep pobj ROOT", "NOUN ADP PROPN VERB")
    assert found["Asker"] == ("nmod", "town")


# -- lemmas and names ------------------------------------------------------------------------------------------------


def test_lemmas_of_unseen_words_follow_endings() -> None:
    table = learn([("dams", "NOUN", "dam"), ("boats", "NOUN", "boat"), ("took", "VERB", "take")])
    assert (table.of("cars", "NOUN"), table.of("took", "VERB"), table.of("Hales", "PROPN")) == ("car", "take", "Hales")


@pytest.mark.parametrize("case", cases("language-names"))
def test_names(case: dict[str, object]) -> None:
    text = str(case["text"])
    doc = next(parse([(text, times.find(text))]))
    found = [[span.text, span.label_] for span in doc.spans["names"]]
    assert found == case["names"], case["comment"]


def test_a_gazetteer_speaks_for_a_place() -> None:
    text = "Ombra was quiet."
    without, with_it = next(parse([text])), next(parse([text], known_place={"Ombra"}.__contains__))
    assert [span.label_ for span in without.spans["names"]] == []
    assert [span.label_ for span in with_it.spans["names"]] == ["PLACE"]


def test_components_in_a_pipeline_of_ones_own() -> None:
    import variorum.components  # noqa: F401

    nlp = spacy.load(Path(load().path))
    nlp.add_pipe("variorum_times", first=True)
    nlp.add_pipe("variorum_names", last=True)
    doc = nlp("On 17 May 1961 General Peter Hale left the town of Varn.")
    assert doc.spans["times"][0].text == "17 May 1961"
    assert [span.text for span in doc.spans["names"]] == ["Peter Hale", "Varn"]
