"""Fits logistic regressions of several classes, where a text may be known only to be one of some of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_PARTS = 7
_ENOUGH = 1e-7


@dataclass(frozen=True, slots=True)
class Fitted:
    """`weights` has a row for each feature and a column for each class; `bias` one number for each class."""

    weights: Floats
    bias: Floats


def fit(
    features: csr_matrix,
    possible: Bools,
    shares: Floats,
    given: Floats,
    *,
    penalty: float,
    rounds: int,
) -> Fitted:
    """Return the weights under which each row most likely belongs to one of its `possible` classes.

    `shares` says how much each row counts, `given` what log-odds of each class stand fast for it beforehand. `penalty`
    is that of the squared weights; `rounds` bounds the steps of L-BFGS. Starts from nought: same input, same output.
    """
    count, classes = features.shape[1], possible.shape[1]
    turned = features.T.tocsr()
    everything = np.ones_like(possible)

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights, bias = flat[: count * classes].reshape(count, classes), flat[count * classes :]
        odds = features @ weights + bias + given
        every, own = _log_sum(odds, everything), _log_sum(odds, possible)
        wrong = (np.exp(odds - every[:, None]) - np.where(possible, np.exp(odds - own[:, None]), 0.0)) * shares[:, None]
        slope = turned @ wrong + penalty * weights
        value = float((shares * (every - own)).sum() + 0.5 * penalty * (weights * weights).sum())
        return value, np.concatenate([slope.ravel(), wrong.sum(0)])

    found = minimize(
        loss,
        np.zeros(count * classes + classes),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": rounds, "maxcor": _PARTS, "ftol": _ENOUGH},
    ).x
    return Fitted(found[: count * classes].reshape(count, classes), found[count * classes :])


def _log_sum(odds: Floats, possible: Bools) -> Floats:
    masked = np.where(possible, odds, -1e9)
    most = masked.max(1)
    total: Floats = most + np.log(np.exp(masked - most[:, None]).sum(1))
    return total


def fit_line(odds: Floats, right: Bools, shares: Floats) -> tuple[float, float]:
    """Return the slope and the shift that make log-odds agree best with what was right (Platt's calibration)."""

    def loss(both: Floats) -> tuple[float, Floats]:
        found = both[0] * odds + both[1]
        wrong = (1.0 / (1.0 + np.exp(-np.clip(found, -30, 30))) - right) * shares
        value = (shares * (np.logaddexp(0.0, found) - right * found)).sum()
        return float(value), np.array([(wrong * odds).sum(), wrong.sum()])

    slope, shift = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B").x
    return float(slope), float(shift)
