"""A stream of someone else's, read in the background and given on in time. Knows no language model and no text.

All streams are read by one thread with an event loop, where waiting can be broken off at any point: while looking up the
address, connecting, or in the middle of a line. So a deadline holds for the whole, and a reader that leaves closes the stream.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from functools import cache
from time import monotonic
from typing import TypeVar

Item = TypeVar("Item")

# Seconds. So often the reader gets None, and can see whether anybody still listens to it.
_BEAT = 1.0


def listen(stream: Callable[[], AsyncGenerator[Item]], seconds: float) -> Iterator[Item | None]:
    """What a stream gives, as it comes, and None for every second that passes. Closing this closes the stream.

    Raises TimeoutError when `seconds` have gone by in all, and whatever the stream raises.
    """
    heard: queue.SimpleQueue[tuple[Item] | BaseException | None] = queue.SimpleQueue()
    until = monotonic() + seconds
    beat = monotonic() + _BEAT
    reading = asyncio.run_coroutine_threadsafe(_read(stream, heard), _loop())
    try:
        while (now := monotonic()) < until:
            if now >= beat:
                beat = now + _BEAT
                yield None
                continue
            try:
                news = heard.get(timeout=min(beat, until) - now)
            except queue.Empty:
                continue
            if news is None:
                return
            if isinstance(news, BaseException):
                raise news
            yield news[0]
        raise TimeoutError
    finally:
        reading.cancel()


async def _read(stream: Callable[[], AsyncGenerator[Item]], heard: queue.SimpleQueue[tuple[Item] | BaseException | None]) -> None:
    try:
        async with aclosing(stream()) as items:
            async for item in items:
                heard.put((item,))
        heard.put(None)
    except Exception as error:  # whatever it is, it is the reader's to judge
        heard.put(error)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="taalmodel", daemon=True).start()
    return loop
