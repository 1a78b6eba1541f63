"""Small networks run on one thread, and leave torch as it was."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import torch

from core.models.one_thread import one_thread


@pytest.fixture(autouse=True)
def three_threads() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    yield
    torch.set_num_threads(before)


def test_one_thread_inside_and_as_many_as_before_afterwards() -> None:
    with one_thread():
        assert torch.get_num_threads() == 1
        with one_thread():
            assert torch.get_num_threads() == 1
    assert torch.get_num_threads() == 3


def test_error_inside_sets_the_number_back() -> None:
    with pytest.raises(ValueError, match="broken"), one_thread():
        raise ValueError("broken")
    assert torch.get_num_threads() == 3


def test_threads_that_overlap_leave_the_number_as_it_was() -> None:
    first_in, second_out = threading.Event(), threading.Event()

    def first() -> None:
        with one_thread():
            first_in.set()
            assert second_out.wait(10)

    worker = threading.Thread(target=first)
    worker.start()
    assert first_in.wait(10)
    with one_thread():
        pass
    second_out.set()
    worker.join()
    seen: list[int] = []
    fresh = threading.Thread(target=lambda: seen.append(torch.get_num_threads()))
    fresh.start()
    fresh.join()
    assert seen == [3]
