"""The layers that all parts of the model share, worked out with less labour; vectors stay what they were.

The first layer sees a word without its neighbours, so each kind of word is worked out once: a text repeats its words.
The layers above it run over a few hundred words at a time, which stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from spacy.attrs import NORM, ORTH
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, chain

__all__ = ["MOST", "lighten"]

MOST = 16_384
"""Kinds of words whose vectors are held, 512 bytes each; a fuller table begins anew."""
SPREAD = np.uint64(0x9E3779B97F4A7C15)
BLOCK = "residual(expand_window>>maxout>>layernorm>>dropout)"
ROWS = 512
"""Words that go through a layer together."""
EPSILON = 1e-8
"""Added to a variance, as the layers of thinc do."""
Backward = Callable[[Any], Any]
Layer = Model[Any, Any]


def lighten(nlp: Language) -> None:
    """Let the shared layer ``tok2vec`` of a pipeline run with less labour where it is of the usual make.

    Vectors are what they were, to the last digits that a product of matrices leaves open. Training sees the layers as
    they were; a pipeline of another make stays as it is.

    >>> import spacy
    >>> lighten(spacy.blank("en"))
    """
    model = nlp.get_pipe("tok2vec").model if "tok2vec" in nlp.pipe_names else None  # type: ignore[attr-defined]
    if model is None or len(model.layers) != 2:
        return
    embed, encode = model.layers
    if embed.name.startswith("extract_features>>list2ragged>>") and "static_vectors" not in embed.name:
        embed._func = _Embedded(embed)
    blocks = encode.layers[0].layers if encode.name.startswith("with_array(") else []
    if blocks and all(block.name == BLOCK for block in blocks):
        encode.layers[0]._func = _Encoded(encode.layers[0])


class _Embedded:
    """The forward function of a layer of embeddings that remembers the kinds of words it has seen."""

    def __init__(self, layer: Layer) -> None:
        self.whole = layer._func
        self.features = layer.layers[0]
        self.rest: Layer = chain(*layer.layers[1:])
        self.rows: dict[int, int] = {}
        self.vectors = np.zeros((0, 0), dtype=np.float32)

    def __call__(self, model: Layer, docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], Backward]:
        """The vectors of the words of each Doc."""
        if is_train or not docs:
            return self.whole(model, docs, is_train)  # type: ignore[no-any-return]
        forms = [_kinds(doc) for doc in docs]
        kinds, first, at = np.unique(np.concatenate(forms), return_index=True, return_inverse=True)
        rows = self._rows(docs, kinds.tolist(), first)
        found = self.vectors[rows[at]]
        ends = np.cumsum([len(form) for form in forms])[:-1]
        return np.split(found, ends), _untrained

    def _rows(self, docs: Sequence[Doc], kinds: list[int], first: np.ndarray) -> np.ndarray:
        """The rows of the vectors of some kinds of words; new ones are added."""
        new = [number for number, kind in enumerate(kinds) if kind not in self.rows]
        if len(self.rows) + len(new) > MOST:
            self.rows, self.vectors, new = {}, self.vectors[:0], list(range(len(kinds)))
        if new:
            features = np.concatenate(self.features.predict(list(docs)))[first[new]]
            made = np.concatenate(self.rest.predict([features]))
            free = len(self.rows)
            self.rows.update((kinds[number], free + n) for n, number in enumerate(new))
            self.vectors = np.concatenate([self.vectors, made]) if len(self.vectors) else made
        return np.array([self.rows[kind] for kind in kinds])


class _Window:
    """One layer of the encoder: a word with its neighbours, the greatest of a few products, scaled and added to it."""

    def __init__(self, block: Layer) -> None:
        inner = {node.name: node for node in block.walk()}
        window, maxout, norm = inner["expand_window"], inner["maxout"], inner["layernorm"]
        weights, bias = np.asarray(maxout.get_param("W")), np.asarray(maxout.get_param("b"))
        self.size, self.pieces, self.width = window.attrs["window_size"], weights.shape[1], weights.shape[0]
        self.weights = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(weights.shape[2], -1))
        self.bias = np.ascontiguousarray(bias.T.reshape(-1))
        self.gain, self.shift = norm.get_param("G"), norm.get_param("b")

    def __call__(self, words: np.ndarray) -> np.ndarray:
        """The words of one run after this layer, a row each."""
        made = np.empty_like(words)
        around = np.pad(words, ((self.size, self.size), (0, 0)))
        for start in range(0, len(words), ROWS):
            rows = words[start : start + ROWS]
            parts = [around[start + k : start + k + len(rows)] for k in range(2 * self.size + 1)]
            products = np.concatenate(parts, axis=1) @ self.weights
            products += self.bias
            np.add(rows, self._scaled(self._greatest(products)), out=made[start : start + ROWS])
        return made

    def _greatest(self, products: np.ndarray) -> np.ndarray:
        best = products[:, : self.width]
        for piece in range(1, self.pieces):
            best = np.maximum(best, products[:, piece * self.width : (piece + 1) * self.width])
        return best

    def _scaled(self, values: np.ndarray) -> np.ndarray:
        values = values - values.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", values, values)[:, None] / self.width + EPSILON
        values *= spread**-0.5
        values *= self.gain
        values += self.shift
        return values


class _Encoded:
    """The forward function of the encoder: its layers one after the other."""

    def __init__(self, layer: Layer) -> None:
        self.whole = layer._func
        self.windows = [_Window(block) for block in layer.layers]

    def __call__(self, model: Layer, words: np.ndarray, is_train: bool) -> tuple[np.ndarray, Backward]:
        """The vectors of words in their places."""
        if is_train:
            return self.whole(model, words, is_train)  # type: ignore[no-any-return]
        for window in self.windows:
            words = window(words)
        return words, _untrained


def _kinds(doc: Doc) -> np.ndarray:
    """A number for each word: two words of one form are of two kinds where a tokenizer reads them otherwise."""
    forms, norms = doc.to_array([ORTH, NORM]).T
    kinds: np.ndarray = forms ^ (norms * SPREAD)
    return kinds


def _untrained(_: Any) -> Any:
    raise NotImplementedError("a layer that remembers its words learns nothing")
