"""The app's own words: for kinds, states, steps and counts. They are neutral; what a person said stands as theirs."""

from __future__ import annotations

from variorum.lists import toml
from variorum.serve.runs import State

__all__ = ["ENDINGS", "KINDS", "QUEUED", "RUNNING", "SEARCHED", "STATES", "STEPS", "run_words", "waiting_words"]

_WORDS = toml("serve-words")
KINDS: dict[str, str] = _WORDS["kinds"]
"""Kinds of things that are decided on."""
STATES: dict[str, str] = _WORDS["states"]
"""What became of a decision."""
STEPS: dict[str, str] = _WORDS["steps"]
"""Steps of a run."""
QUEUED: list[tuple[str, str]] = [("", "everything"), *_WORDS["queued"].items()]
"""What the queue can be narrowed to: tables."""
SEARCHED: list[tuple[str, str]] = [("", "everything"), *_WORDS["searched"].items()]
"""What a search can be narrowed to."""
ENDINGS: frozenset[str] = frozenset(_WORDS["files"]["endings"].split())
"""Endings of files that may be dropped on the page."""
RUNNING = "running"


def waiting_words(count: int) -> str:
    """How many decisions are not in the pages yet.

    >>> waiting_words(0), waiting_words(1), waiting_words(3)
    ('every decision is in the pages', '1 decision is not yet in the pages', '3 decisions are not yet in the pages')
    """
    if not count:
        return "every decision is in the pages"
    return f"{count:,} decision{' is' if count == 1 else 's are'} not yet in the pages"


def run_words(state: State) -> str:
    """How far a run is, in a sentence.

    >>> run_words(State("running", "annotate", 3, 8))
    'sentences, mentions and claims: 3 of 8'
    >>> run_words(State("failed", message="no room"))
    'That did not work: no room'
    """
    if state.state == "done":
        return f"Done: {state.message}."
    if state.state == "failed":
        return f"That did not work: {state.message}"
    if state.state != RUNNING:
        return ""
    step = STEPS.get(state.step, state.step) or "beginning"
    return f"{step}: {state.done:,} of {state.total:,}" if state.total else step
