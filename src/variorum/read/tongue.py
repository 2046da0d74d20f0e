"""The language of each account: the one that a person gave, what its words say, or what its file says of itself."""

from __future__ import annotations

from collections.abc import Iterable

from variorum.languages import code_of, identify, named
from variorum.read.document import Document
from variorum.records import Problem

__all__ = ["told"]


def told(documents: Iterable[Document]) -> list[Problem]:
    """Writes into each document its language, None where it cannot be told but may be English; doubt becomes problems.

    >>> ferry = Document("a", "Паром затонул в проливе ночью, сообщила охрана.", "a.txt", stated="en")
    >>> told([ferry]), ferry.language
    ([], 'ru')
    """
    problems = []
    for document in documents:
        given, stated = code_of(document.language), code_of(document.stated)
        found = identify(document.text, stated)
        if given and found not in (None, "und", given):
            message = (
                f"{document.source} is given as {named(given)}, and reads like {named(found)}; it was read as given"
            )
            problems.append(Problem(document.id, None, None, "read", message))
        document.language = given or (found if found not in (None, "und") else stated or found)
    return problems
