"""Logistic regression by Newton's method, with a ridge: enough for a dozen weights, and the same on every run."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["fit", "probabilities"]

Floats = NDArray[np.float64]


def fit(features: ArrayLike, wanted: ArrayLike, ridge: float = 1.0, weights: ArrayLike | None = None) -> Floats:
    """The weights of the features, and last the intercept, which the ridge leaves alone."""
    x, y = np.asarray(features, float), np.asarray(wanted, float)
    mass = np.ones(len(y)) if weights is None else np.asarray(weights, float)
    design = np.hstack([x, np.ones((len(x), 1))])
    penalty = np.eye(design.shape[1]) * ridge
    penalty[-1, -1] = 1e-6
    found = np.zeros(design.shape[1])
    for _ in range(100):
        p = _sigmoid(design @ found)
        slope = design.T @ (mass * (p - y)) + penalty @ found
        bend = (design * (mass * p * (1 - p))[:, None]).T @ design + penalty
        step = np.linalg.solve(bend, slope)
        found -= step
        if np.abs(step).max() < 1e-8:
            break
    return found


def probabilities(found: Floats, features: ArrayLike) -> Floats:
    """The probability of each row of features under such weights."""
    return _sigmoid(np.asarray(features, float) @ found[:-1] + found[-1])


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -40, 40))))
