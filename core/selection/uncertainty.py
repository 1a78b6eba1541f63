"""How unsure something is: of one model by margin or entropy, of several by how they disagree."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Rule = Literal["vote_entropy", "kl"]

_LEAST = 1e-7


def classes(p: ArrayLike) -> Floats:
    """Probabilities with a last axis of classes.

    Args:
        p: Probabilities of a defect, shape (n,), or of each class, shape (n, k) with k ≥ 2.

    Returns:
        Shape (n, k); rows sum to 1.

    Raises:
        ValueError: They are no probabilities.
    """
    values = np.asarray(p, np.float64)
    if values.ndim == 1:
        values = np.stack([1 - values, values], axis=1)
    if values.ndim != 2 or values.shape[1] < 2:
        raise ValueError(f"probabilities have the shape {values.shape}")
    if not np.isfinite(values).all() or values.min(initial=0) < 0 or values.max(initial=0) > 1:
        raise ValueError("probabilities lie in 0..1")
    if not np.allclose(values.sum(axis=1), 1, atol=1e-4):
        raise ValueError("the probabilities of a sample sum to 1")
    return values


def margin(p: ArrayLike) -> Floats:
    """1 − (most probable class − second): 1 where two are as probable, 0 where one is sure.

    Scheffer, Decomain and Wrobel, "Active hidden Markov models for information extraction" (2001).

    Args:
        p: As for `classes`.

    Returns:
        Shape (n,), 0..1.
    """
    best = -np.partition(-classes(p), 1, axis=1)[:, :2]
    return np.asarray(1 - (best[:, 0] - best[:, 1]))


def entropy(p: ArrayLike) -> Floats:
    """Shannon's entropy in nats: 0 where one class is sure, log k where all are as probable.

    Args:
        p: As for `classes`.

    Returns:
        Shape (n,).
    """
    return _entropy(classes(p))


def committee(p: ArrayLike, rule: Rule = "vote_entropy") -> Floats:
    """How far the members of a committee disagree.

    Vote entropy: Engelson and Dagan (1996). KL: mean divergence of each member from the mean of
    all, McCallum and Nigam (1998).

    Args:
        p: Of each member, shape (m, n) probabilities of a defect or (m, n, k) of each class.
        rule: `vote_entropy` looks at what each member would say, `kl` also at how sure it is.

    Returns:
        Shape (n,), in nats; 0 where all agree.
    """
    members = np.asarray(p, np.float64)
    if members.ndim not in (2, 3):
        raise ValueError(f"the probabilities of a committee have the shape {members.shape}")
    each = np.stack([classes(member) for member in members])
    if rule == "vote_entropy":
        votes = np.argmax(each, axis=2)
        shares = np.stack([(votes == c).mean(axis=0) for c in range(each.shape[2])], axis=1)
        return _entropy(shares)
    each = np.clip(each, _LEAST, 1)
    each = each / each.sum(axis=2, keepdims=True)
    return np.asarray((each * np.log(each / each.mean(axis=0))).sum(axis=2).mean(axis=0))


def _entropy(shares: Floats) -> Floats:
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    return np.asarray(-(shares * logs).sum(axis=1))
