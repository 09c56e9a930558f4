"""Running a pure unit of work over many items: in this process, or in a pool that outlives its workers.

Results come in the order of the items, whatever the number of processes, so that what is written depends on the items
alone. The pool is spawned, never forked: forking from a thread (as an orchestrator's) can deadlock.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from pipeline.settings import Settings

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Sequence[Item], Settings], list[Result]]

AHEAD = 4
"""Batches that may wait per process, so that a slow document does not idle the others, in bounded memory."""


def start_pool(jobs: int) -> Executor:
    """Return a pool of spawned processes; each loads the model once, with its first document."""
    return ProcessPoolExecutor(max_workers=jobs, mp_context=multiprocessing.get_context("spawn"))


def run_batches(
    work: Work[Item, Result],
    items: Sequence[Item],
    settings: Settings,
    *,
    lost: Callable[[Item], Result],
    jobs: int = 1,
    batch_size: int = 1,
    start: Callable[[int], Executor] = start_pool,
) -> Iterator[Result]:
    """Yield the result of each item, in the order of the items.

    Args:
        work: a picklable function of a batch of items that returns one result for each, in order.
        items: what to work on; a slice of it is taken only when its turn comes.
        lost: gives the result of an item whose process died (out of memory, killed) when it was run alone.
        jobs: number of processes; 1 runs in this process and starts none.
        batch_size: items given to a process at a time.
        start: starts the executor for a number of jobs, so that another kind can be injected.
    """
    if jobs <= 1 and start is start_pool:
        for low in range(0, len(items), batch_size):
            yield from work(items[low : low + batch_size], settings)
        return
    done = 0
    while done < len(items):
        for results in _run_until_broken(
            work, items, settings, first=done, batch_size=batch_size, jobs=jobs, start=start
        ):
            yield from results
            done += len(results)
        suspects = items[done : done + jobs * AHEAD * batch_size]
        yield from _run_alone(work, suspects, settings, lost=lost, start=start)
        done += len(suspects)


def _run_until_broken(
    work: Work[Item, Result],
    items: Sequence[Item],
    settings: Settings,
    *,
    first: int,
    batch_size: int,
    jobs: int,
    start: Callable[[int], Executor],
) -> Iterator[list[Result]]:
    """Yield the results of each batch, in order, and end early before the first batch whose process died."""
    waiting: deque[Future[list[Result]]] = deque()
    low = first
    executor = start(jobs)
    try:
        while True:
            while len(waiting) < jobs * AHEAD and low < len(items):
                waiting.append(executor.submit(work, items[low : low + batch_size], settings))
                low += batch_size
            if not waiting:
                return
            results = waiting.popleft().result()
            yield results
    except BrokenProcessPool:
        return
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _run_alone(
    work: Work[Item, Result],
    items: Sequence[Item],
    settings: Settings,
    *,
    lost: Callable[[Item], Result],
    start: Callable[[int], Executor],
) -> Iterator[Result]:
    """Yield the results of items among which one killed its process: one at a time, so that it is known by name."""
    remaining = deque(items)
    while remaining:
        with start(1) as executor:
            try:
                while remaining:
                    yield from executor.submit(work, [remaining[0]], settings).result()
                    remaining.popleft()
            except BrokenProcessPool:
                yield lost(remaining.popleft())
