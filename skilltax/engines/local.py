"""Tagging in several processes of one machine: texts go in, finished bytes come out, in the order of the postings.

A worker holds one batch at a time, and the parent remembers it until its answer is there. So a worker that is killed loses
nothing: its batch is given to a new one. No more than a few batches are on their way at any time, which keeps memory flat.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from skilltax.errors import SkilltaxError
from skilltax.export.encode import Batch, Encode
from skilltax.postings.model import Posting
from skilltax.tagging.model import TaggedPosting

BATCH = 64  # postings; a worker has a fifth of a second to do with them
AHEAD = 4  # batches for each worker that may be done before the next one in order
TRIES = 3  # workers that a batch may kill


def tagged_batches(
    postings: Iterable[Posting], encode: Encode, overlays: Sequence[Path] = (), workers: int = 1
) -> Iterator[Batch]:
    """Tag postings and encode them, batch by batch: 64 postings, at the end fewer.

    Parameters
    ----------
    postings : iterable of Posting
        Read as they are needed.
    encode : callable
        Makes bytes of tagged postings; can be pickled.
    overlays : sequence of path
        Folders on top of the shipped taxonomy.
    workers : int
        Processes, 1 or more; 1 is this one. The bytes are the same whatever their number.

    Yields
    ------
    Batch
        How many postings, and what `encode` made of them, in their order.

    Raises
    ------
    SkilltaxError
        Where the same postings end one worker after the other.
    """
    batches = _batches(postings)
    if workers > 1:
        yield from _Pool(batches, encode, overlays, workers)
        return
    tag = _tagger(overlays)
    for batch in batches:
        yield _encoded(batch, tag, encode)


def _encoded(postings: Sequence[Posting], tag: Callable[[Posting], TaggedPosting], encode: Encode) -> Batch:
    return Batch(len(postings), encode([tag(posting) for posting in postings]))


def _batches(postings: Iterable[Posting]) -> Iterator[list[Posting]]:
    several = iter(postings)
    while batch := list(islice(several, BATCH)):
        yield batch


def _tagger(overlays: Sequence[Path]):  # type: ignore[no-untyped-def]  # the class is imported in the worker
    from skilltax.tagging.tagger import Tagger
    from skilltax.taxonomy.load import load

    return Tagger(load(overlays=overlays))


def _work(link: Connection, encode: Encode, overlays: Sequence[Path]) -> None:
    """What a worker does until its parent hangs up: a batch in, its bytes out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            tag = _tagger(overlays)
            while True:
                link.send(_encoded(link.recv(), tag, encode))
        except Exception as error:  # told where someone sees it
            if isinstance(error, EOFError | BrokenPipeError | ConnectionResetError):
                raise
            link.send(error)


@dataclass
class _Worker:
    """A process with what it is busy with."""

    process: BaseProcess
    link: Connection
    number: int | None = None
    batch: list[Posting] = field(default_factory=list)


class _Pool:
    """The parent of some workers."""

    def __init__(self, batches: Iterator[list[Posting]], encode: Encode, overlays: Sequence[Path], size: int) -> None:
        self._batches = enumerate(batches)
        self._encode, self._overlays, self._size = encode, list(overlays), size
        self._again: deque[tuple[int, list[Posting]]] = deque()  # of workers that died
        self._died: dict[int, int] = {}
        self._done: dict[int, Batch] = {}
        self._next = 0  # the batch to hand out

    def __iter__(self) -> Iterator[Batch]:
        workers = [self._started() for _ in range(self._size)]
        try:
            while True:
                for worker in workers:
                    self._give(worker)
                busy = {w.link: w for w in workers if w.number is not None}
                if not busy and not self._done:
                    return
                for link in wait(list(busy), None if self._next not in self._done else 0):
                    worker = busy[link]  # type: ignore[index]
                    if not self._take(worker):
                        workers[workers.index(worker)] = self._started()
                while self._next in self._done:
                    self._next += 1
                    yield self._done.pop(self._next - 1)
        finally:
            for worker in workers:
                worker.link.close()
                worker.process.terminate()
            for worker in workers:
                worker.process.join()

    def _started(self) -> _Worker:
        context = get_context("spawn")  # the same on every system, and safe where the caller has threads
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._encode, self._overlays), daemon=True, name="skilltax-tag")
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _give(self, worker: _Worker) -> None:
        """Hand an idle worker its next batch, if there is one and the answers do not pile up."""
        if worker.number is not None:
            return
        if self._again:
            worker.number, worker.batch = self._again.popleft()
        elif len(self._done) < AHEAD * self._size and (one := next(self._batches, None)):
            worker.number, worker.batch = one
        else:
            return
        with suppress(BrokenPipeError, ConnectionResetError):  # it died: seen when its answer is asked for
            worker.link.send(worker.batch)

    def _take(self, worker: _Worker) -> bool:
        """Take a worker's answer; false where it died, and its batch waits for another."""
        number = worker.number
        assert number is not None
        try:
            answer = worker.link.recv()
        except (EOFError, ConnectionResetError):
            worker.link.close()
            worker.process.join()
            self._died[number] = self._died.get(number, 0) + 1
            if self._died[number] >= TRIES:
                ids = f"{worker.batch[0].id} to {worker.batch[-1].id}"
                raise SkilltaxError(
                    f"{TRIES} workers ended (exit code {worker.process.exitcode}) while they tagged postings {ids}; "
                    "is memory short? Try fewer --workers, or leave these postings out"
                ) from None
            self._again.append((number, worker.batch))
            return False
        if isinstance(answer, Exception):
            raise answer
        self._done[number] = answer
        worker.number, worker.batch = None, []
        return True
