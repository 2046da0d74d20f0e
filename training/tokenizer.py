"""spaCy's English tokenizer, brought to the habits of Universal Dependencies.

Runs of the same mark are one word (!!!, ----), words with a bound prefix are not parted (non-combatant), ``and/or`` is.
"""

from __future__ import annotations

import re

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

RUN = r"(?:(?:!|\?){2,8}|={2,64}|\*{2,64}|_{2,64}|-{2,64}|~{2,64}|<{2,8}|>{2,8}|\.{2,16}|…\.)"
BOUND = "non|pro|anti|co|re|pre|post|ex|multi|semi|mid|inter|intra|sub|counter|ultra|pan|trans|bi|e"
WHOLE = ["al.", "Ft.", "Lt.", "Col.", "Maj.", "Sgt.", "Capt.", "Cpl.", "Brig.", "Cmdr.", "Adm.", "Hon.", "Rev."]


def english() -> Language:
    """An empty English pipeline with the tokenizer that the model is trained and run with."""
    nlp = spacy.blank("en")
    tokenizer = nlp.tokenizer
    tokenizer.prefix_search = compile_prefix_regex([RUN, *nlp.Defaults.prefixes]).search
    tokenizer.suffix_search = compile_suffix_regex([RUN, *nlp.Defaults.suffixes]).search
    infixes = [RUN, r"(?<=[A-Za-z])/(?=[A-Za-z])", *nlp.Defaults.infixes]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.token_match = re.compile(rf"^(?:{BOUND})-[A-Za-z]+$", re.IGNORECASE).match
    for form in WHOLE:
        tokenizer.add_special_case(form, [{"ORTH": form}])
    tokenizer.add_special_case("and/or", [{"ORTH": "and"}, {"ORTH": "/"}, {"ORTH": "or"}])
    return nlp
