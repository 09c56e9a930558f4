"""Running work over many items: order, and items that kill their process."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.running import run_batches
from pipeline.settings import Settings


def double(batch, settings):
    results = []
    for item in batch:
        if item == 5:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.02 if item % 3 else 0)
        results.append(item * 2)
    return results


def lose(item):
    return f"lost {item}"


@pytest.mark.parametrize(("jobs", "batch_size"), [(1, 1), (1, 3), (2, 1), (2, 3)])
def test_results_come_in_the_order_of_the_items(jobs, batch_size):
    items = [0, 1, 2, 3, 4, 6, 7, 8, 9, 10]
    found = list(run_batches(double, items, Settings(), lost=lose, jobs=jobs, batch_size=batch_size))
    assert found == [item * 2 for item in items]


def test_an_item_that_kills_its_process_is_lost_alone():
    items = list(range(12))
    found = list(run_batches(double, items, Settings(), lost=lose, jobs=2, batch_size=2))
    assert found == ["lost 5" if item == 5 else item * 2 for item in items]


def test_another_executor_can_be_injected():
    started = []

    def start(jobs):
        started.append(jobs)
        return ThreadPoolExecutor(jobs)

    assert list(run_batches(double, [1, 2], Settings(), lost=lose, jobs=1, start=start)) == [2, 4]
    assert started == [1]


def test_no_item_needs_no_process():
    assert list(run_batches(double, [], Settings(), lost=lose, jobs=2)) == []
