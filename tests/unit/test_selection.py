"""Selection against scikit-activeml, and its own promises: seeds, budgets, honest chances."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from skactiveml.pool import TypiClust
from skactiveml.pool import uncertainty_scores as reference_scores
from skactiveml.pool._query_by_committee import average_kl_divergence, vote_entropy
from sklearn.cluster import KMeans
from sklearn.datasets import make_blobs

from core.selection.audit import audit, mean_of, weights_of
from core.selection.diversity import (
    MANY,
    cap_near_duplicates,
    clusters,
    typical,
    typicality,
    uncertain_half_clusters,
)
from core.selection.plan import Rule, Why, plan, scaled
from core.selection.uncertainty import committee, entropy, margin

SEEDS = range(4)


def _probabilities(seed: int, *shape: int) -> NDArray[np.float64]:
    return np.asarray(np.random.default_rng(seed).dirichlet(np.ones(shape[-1]), shape[:-1]))


def _blobs(seed: int, n: int = 200, groups: int = 8) -> NDArray[np.float64]:
    return np.asarray(make_blobs(n, 4, centers=groups, cluster_std=0.4, random_state=seed)[0])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("classes", [2, 5])
def test_margin_and_entropy_are_those_of_scikit_activeml(seed: int, classes: int) -> None:
    p = _probabilities(seed, 50, classes)
    assert np.array_equal(margin(p), reference_scores(p, method="margin_sampling"))
    assert np.allclose(entropy(p), reference_scores(p, method="entropy"), atol=1e-12)


def test_a_probability_of_one_defect_counts_as_two_classes() -> None:
    p = np.array([0.0, 0.2, 0.5, 0.9, 1.0])
    assert np.allclose(margin(p), [0, 0.4, 1, 0.2, 0])
    assert np.array_equal(np.argsort(margin(p)), np.argsort(entropy(p)))
    assert entropy(p)[2] == pytest.approx(np.log(2))


@pytest.mark.parametrize("bad", [[-0.1], [1.1], [np.nan], [[0.2, 0.2]]])
def test_what_is_no_probability_is_refused(bad: list[float]) -> None:
    with pytest.raises(ValueError, match=r"probabilities|shape"):
        margin(bad)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("classes", [2, 4])
def test_a_committee_disagrees_as_in_scikit_activeml(seed: int, classes: int) -> None:
    p = _probabilities(seed, 7, 60, classes)
    votes = np.argmax(p, axis=2).T
    assert np.allclose(committee(p), vote_entropy(votes, list(range(classes))), atol=1e-12)
    assert np.allclose(committee(p, "kl"), average_kl_divergence(p.copy()), atol=1e-12)


def test_a_committee_of_one_mind_has_nothing_to_ask() -> None:
    p = np.tile(np.array([0.1, 0.5, 0.8]), (4, 1))
    assert not committee(p).any()
    assert np.allclose(committee(p, "kl"), 0)


# The reference asks how many cores are real, which containers hide.
@pytest.mark.filterwarnings("ignore:Could not find the number of physical cores")
@pytest.mark.parametrize("seed", SEEDS)
def test_typical_samples_are_those_of_typiclust(seed: int) -> None:
    points = _blobs(seed)
    reference = TypiClust(
        cluster_algo=KMeans, cluster_algo_dict={"n_init": 3}, random_state=seed, k=5
    )
    # Its clusters start from a generator made of the seed, ours from the seed itself.
    wanted = _typical_by_reference(reference, points, 8)
    assert set(typical(points, 8, seed).tolist()) == wanted


def _typical_by_reference(
    reference: TypiClust, points: NDArray[np.float64], count: int
) -> set[int]:
    unknown = np.full(len(points), np.nan)
    return set(map(int, reference.query(points, unknown, batch_size=count)))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_most_uncertain_half_gives_one_sample_a_cluster(seed: int) -> None:
    points = _blobs(seed)
    unsure = np.random.default_rng(seed).random(len(points))
    chosen = uncertain_half_clusters(unsure, points, 12, seed)
    assert len(set(chosen.tolist())) == 12
    assert unsure[chosen].min() >= np.median(unsure)
    half = np.sort(np.argsort(-unsure, kind="stable")[:100])
    fitted = KMeans(12, random_state=seed, n_init=3).fit(points[half])
    nearest = {
        int(
            half[np.flatnonzero(fitted.labels_ == c)][
                np.argmin(
                    np.linalg.norm(
                        points[half][fitted.labels_ == c] - fitted.cluster_centers_[c], axis=1
                    )
                )
            ]
        )
        for c in range(12)
    }
    assert set(chosen.tolist()) == nearest


def test_identical_samples_do_not_stop_a_choice() -> None:
    points = np.zeros((30, 2))
    assert len(uncertain_half_clusters(np.arange(30.0), points, 4, 0)) == 1
    assert len(set(typical(points, 4, 0).tolist())) == 4


def test_covered_clusters_are_not_asked_about_again() -> None:
    points = _blobs(1, 100, 4)
    first = typical(points, 2, 3)
    then = typical(points, 2, 3, known=first.tolist())
    assert not set(first.tolist()) & set(then.tolist())
    groups = make_blobs(100, 4, centers=4, cluster_std=0.4, random_state=1)[1]
    assert len(set(groups[[*first, *then]].tolist())) == 4


def test_density_falls_with_distance() -> None:
    points = np.array([[0.0], [0.1], [0.2], [0.3], [9.0]])
    assert np.argmin(typicality(points, 2)) == 4
    assert typicality(points[:1]).tolist() == [1.0]


def test_near_duplicates_of_a_title_give_way_but_not_those_of_another() -> None:
    points = np.array([[0.0], [0.05], [0.05], [3.0], [6.0]])
    titles = ["a", "a", "b", "a", "a"]
    assert cap_near_duplicates(range(5), titles, points, closer=0.1).tolist() == [0, 2, 3, 4]
    assert cap_near_duplicates(range(5), titles, points, most=2).tolist() == [0, 1, 2]
    assert cap_near_duplicates([1, 2], titles, points, closer=0.1, kept=[0]).tolist() == [2]


def test_many_samples_are_clustered_as_well_as_few() -> None:
    points = _blobs(5, MANY + 1, 10)
    labels, centres = clusters(points, 10, 0)
    spread = np.linalg.norm(points - centres[labels], axis=1).mean()
    best = KMeans(10, n_init=3, random_state=0).fit(points)
    exact = np.linalg.norm(points - best.cluster_centers_[best.labels_], axis=1).mean()
    assert spread <= 1.05 * exact


@pytest.mark.parametrize("leaning", [False, True])
def test_a_draw_by_chance_estimates_prevalence_without_bias(leaning: bool) -> None:
    draw = np.random.default_rng(0)
    defect = (draw.random(300) < 0.15).astype(float)
    lean = 0.05 + draw.random(300) if leaning else None
    estimates, weighted = [], []
    for seed in range(3000):
        drawn = audit(300, 0.1, seed, lean)
        assert len(set(drawn.indices.tolist())) == 30
        estimates.append(mean_of(defect[drawn.indices], drawn.chance, 300))
        weighted.append(np.average(defect[drawn.indices], weights=weights_of(drawn.chance)))
    error = np.std(estimates) / np.sqrt(len(estimates))
    assert abs(np.mean(estimates) - defect.mean()) < 4 * error
    assert np.mean(weighted) == pytest.approx(defect.mean(), abs=0.006)


def test_every_sample_is_drawn_as_often_as_its_chance_says() -> None:
    lean = np.array([0.1, 0.1, 0.5, 1.0, 50.0])
    counts = np.zeros(5)
    for seed in range(4000):
        drawn = audit(5, 0.4, seed, lean)
        counts[drawn.indices] += 1
    assert counts[4] == 4000
    assert np.allclose(counts / 4000, [1 / 17, 1 / 17, 5 / 17, 10 / 17, 1], atol=0.03)


def test_what_is_asked_because_it_is_uncertain_says_nothing_about_prevalence() -> None:
    draw = np.random.default_rng(3)
    unsure = draw.random(400)
    defect = unsure > 0.8
    chosen = plan(unsure, draw.normal(size=(400, 3)), ["t"] * 400, 80, 0, 100)
    asked = [c for c in chosen if c.why is not Why.AUDIT]
    assert np.mean([defect[c.index] for c in asked]) > 1.5 * defect.mean()
    assert {c.chance for c in asked} == {0.0}
    assert {c.chance for c in chosen if c.why is Why.AUDIT} == {8 / 400}


@pytest.mark.parametrize("verdicts", [0, 100])
def test_a_plan_is_decided_by_its_seed(verdicts: int) -> None:
    points, titles = _blobs(2), [i % 20 for i in range(200)]
    unsure = np.random.default_rng(1).random(200)

    def made(seed: int) -> list[int]:
        return [c.index for c in plan(unsure, points, titles, 20, seed, verdicts)]

    assert made(4) == made(4)
    assert made(4) != made(5)


@pytest.mark.parametrize("verdicts", [0, 100])
def test_a_plan_spends_its_budget_once_and_says_why(verdicts: int) -> None:
    points, titles = _blobs(2), [i % 20 for i in range(200)]
    unsure = np.random.default_rng(1).random(200)
    chosen = plan(unsure, points, titles, 20, 7, verdicts, Rule(near=0))
    assert len({c.index for c in chosen}) == len(chosen) == 20
    main = Why.UNCERTAIN if verdicts else Why.TYPICAL
    assert [c.why for c in chosen].count(Why.AUDIT) == 2
    assert {c.why for c in chosen} == {main, Why.AUDIT}
    assert all(c.sentence for c in chosen)
    places = [i for i, c in enumerate(chosen) if c.why is Why.AUDIT]
    assert places[0] < 10 <= places[1]


def test_no_title_takes_more_than_its_share() -> None:
    titles = ["long"] * 180 + [f"short {i}" for i in range(20)]
    unsure = np.r_[np.full(180, 0.9), np.full(20, 0.6)] + np.arange(200) * 1e-4
    chosen = plan(unsure, _blobs(3), titles, 20, 0, 100, Rule(audit_share=0, near=0))
    assert len(chosen) == 20
    assert [titles[c.index] for c in chosen].count("long") <= 5


def test_titles_that_are_few_may_give_more_than_their_share() -> None:
    unsure = np.random.default_rng(1).random(200)
    chosen = plan(unsure, _blobs(3), ["a", "b"] * 100, 40, 0, 100, Rule(near=0))
    assert len(chosen) == 40


def test_copies_of_one_shot_are_asked_about_once() -> None:
    points = np.repeat(_blobs(4, 20, 20), 10, axis=0)
    titles = list(np.repeat(np.arange(20), 10))
    chosen = plan(np.linspace(0.5, 1, 200), points, titles, 15, 0, 100, Rule(most_a_title=None))
    assert len({titles[c.index] for c in chosen}) == len(chosen) == 15


def test_a_plan_of_nothing_is_empty() -> None:
    assert plan([], np.zeros((0, 2)), [], 10, 0) == ()
    assert plan([0.5], np.zeros((1, 2)), ["a"], 0, 0) == ()
    assert len(plan([0.5], np.zeros((1, 2)), ["a"], 10, 0)) == 1


def test_features_are_brought_to_one_scale() -> None:
    features = np.column_stack([np.arange(5) * 1000.0, np.arange(5) * 0.01, np.full(5, 7.0)])
    assert np.allclose(scaled(features).std(axis=0), [1, 1])
    assert scaled(np.ones((3, 2))).shape == (3, 1)
