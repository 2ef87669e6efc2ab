"""How quick the local workspace's page is, with 20 and with 2,000 messages in a channel.

Part of `make bench`; alone: `python -m bench.page`. A real Chromium does it, on real servers.
"""

import argparse
import asyncio
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from playwright.async_api import Browser, Page, expect

from bench.figures import Figure, Reading, Result, Round, results, table
from bench.long_channel import CHANNEL, holding
from bot.demo import MANIFEST, settings_for
from bot.logs import set_up
from bot.process import running
from sandbox import Clock, Sandbox
from tests.browser.hands import CHROMIUM, chromium

FEW, MANY = 20, 2000
TIMES = 5
#: 100 ms feel like at once, and one frame left out of sixty a second is not seen.
FIGURES = (
    Figure("page opened, typed text shown", "ms", most=1000, typical=True),
    Figure("a button's form shown", "ms", most=100, typical=True),
    Figure("own message shown", "ms", most=100, typical=True),
    Figure("another's message shown", "ms", most=100, typical=True),
    Figure("the first message by Home", "ms"),
    Figure("scrolling, frame p95", "ms", most=34, typical=True),
    Figure("scrolling, worst frame", "ms"),
    Figure("scrolling, tasks over 50 ms", "", most=3, typical=True),
)
STARTS = (
    Figure("the demo says where it is, after", "s"),
    Figure("its page opened from then on, typed text shown", "ms", most=1000, typical=True),
)
#: A quick hand on the wheel: pixels a frame.
PIXELS = 400
WHERE = Path(__file__).parent / "page.js"


async def measure(rounds: int) -> list[Round]:
    """All rounds; each opens new tabs, and which channel comes first alternates."""
    found = []
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        both = {
            many: await stack.enter_async_context(_workspace(folder, many)) for many in (FEW, MANY)
        }
        browser = await stack.enter_async_context(chromium())
        for slack in both.values():
            await _warm_up(browser, slack)
        for number in range(rounds):
            order = (MANY, FEW) if number % 2 else (FEW, MANY)
            readings = {many: await _reading(browser, both[many]) for many in order}
            found.append(Round(readings[FEW], readings[MANY]))
            print(f"page: round {number + 1} of {rounds} done", file=sys.stderr)
    return found


async def measure_starts(rounds: int) -> list[Round]:
    """`closedloop demo` as a process of its own: empty, and with its fourteen months."""
    async with chromium() as browser:
        return [
            Round(await _start(browser, "--empty"), await _start(browser)) for _ in range(rounds)
        ]


async def _start(browser: Browser, *options: str) -> Reading:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        begin = time.time()
        where = ("--no-browser", "--port", "0", "--database", f"{folder}/demo.sqlite3")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo", *where, *options), stdout=asyncio.subprocess.PIPE
        )
        try:
            url = await _said_where(process)
            said = time.time()
            page = await _tab(browser)
            await page.goto(url, wait_until="commit")
            await _typed(page, re.compile("^Message "))
            shown = time.time()
            await page.context.close()
        finally:
            process.terminate()
            await process.wait()
    return dict(
        zip((each.name for each in STARTS), (said - begin, (shown - said) * 1000), strict=True)
    )


async def _said_where(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async for line in process.stdout:
        if b"http://" in line:
            return line.decode().split()[-1]
    raise RuntimeError("the demo ended before it said where it is")


@asynccontextmanager
async def _workspace(folder: Path, messages: int) -> AsyncIterator[Sandbox]:
    clock = Clock(datetime(2026, 11, 24, 16, tzinfo=UTC))
    database = folder / f"{messages}.sqlite3"
    async with (
        Sandbox.open(manifest=MANIFEST, clock=clock, seed=holding(messages)) as slack,
        running(settings_for(slack, database), now=clock.now),
    ):
        ana = slack.person("ana")
        await ana.command(CHANNEL, "/postmortem")
        form = await ana.modal("Start a postmortem")
        await slack.settled()
        facts = {"title": "Checkout p99 above 8 s", "service": "checkout", "severity": "P1"}
        answer = await form.fill(started_at=clock.now() - timedelta(hours=1), **facts).submit()
        assert answer.closed, answer.errors
        await slack.settled()
        yield slack


async def _warm_up(browser: Browser, slack: Sandbox) -> None:
    """The first tab of all also loads the browser's own code."""
    page = await _tab(browser)
    await _opened(page, slack)
    await _form(page)
    await page.context.close()


async def _tab(browser: Browser) -> Page:
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    await context.add_init_script(path=WHERE)
    page = await context.new_page()
    page.set_default_timeout(20_000)
    return page


async def _reading(browser: Browser, slack: Sandbox) -> Reading:
    page = await _tab(browser)
    reading = {"page opened, typed text shown": await _opened(page, slack)}
    each: dict[str, list[float]] = {
        "a button's form shown": [await _form(page) for _ in range(TIMES)],
        "own message shown": [await _own(page, f"Mine {n}.") for n in range(TIMES)],
        "another's message shown": [
            await _others(page, slack, f"Theirs {n}.") for n in range(TIMES)
        ],
    }
    reading |= {name: median(took) for name, took in each.items()}
    reading["the first message by Home"] = await _home(page)
    await page.reload()
    await page.locator("article").last.wait_for()
    scrolled = await page.evaluate(f"scrolled({PIXELS})")
    assert scrolled["top"], "scrolling did not come to the first message"
    await page.context.close()
    return reading | {
        "scrolling, frame p95": scrolled["p95"],
        "scrolling, worst frame": scrolled["worst"],
        "scrolling, tasks over 50 ms": scrolled["long"],
    }


async def _opened(page: Page, slack: Sandbox) -> float:
    ana, channel = slack.person("ana").id, slack.workspace.channel(CHANNEL).id
    begin = time.time()
    await page.goto(f"{slack.url}?as={ana}&channel={channel}", wait_until="commit")
    await _typed(page, f"Message #{CHANNEL}")
    return (time.time() - begin) * 1000


async def _typed(page: Page, composer: str | re.Pattern[str]) -> None:
    box = page.get_by_role("textbox", name=composer)
    await box.press_sequentially("Hi")
    await expect(box).to_have_value("Hi")


async def _form(page: Page) -> float:
    button = page.get_by_role("button", name="Add the root cause").last
    took: float = await button.evaluate("(button) => clicked(button, dialog)")
    await page.keyboard.press("Escape")
    await page.get_by_role("dialog").wait_for(state="detached")
    return took


async def _own(page: Page, text: str) -> float:
    await page.get_by_role("textbox", name=f"Message #{CHANNEL}").fill(text)
    send = page.get_by_role("button", name="Send", exact=True)
    took: float = await send.evaluate("(send, text) => clicked(send, () => last(text))", text)
    return took


async def _others(page: Page, slack: Sandbox, text: str) -> float:
    seen = asyncio.create_task(page.evaluate("(text) => until(() => last(text))", text))
    begin = time.time() * 1000
    slack.person("bob").write(CHANNEL, text)
    return float(await seen) - begin


async def _home(page: Page) -> float:
    await page.locator(".messages").focus()
    seen = asyncio.create_task(page.evaluate("until(beginning)"))
    begin = time.time() * 1000
    await page.keyboard.press("Home")
    return float(await seen) - begin


def bench(rounds: int) -> list[Result]:
    """Measure and print; nothing to judge without a browser."""
    if CHROMIUM is None:
        print("\nThe page was not measured: no Chromium here (apt-get install chromium).")
        return []
    set_up("ERROR", "console")
    found = results(asyncio.run(measure(rounds)), FIGURES)
    print(f"\n{table(found, (f'{FEW} messages', f'{MANY:,}'))}")
    starts = results(asyncio.run(measure_starts(rounds)), STARTS)
    print(f"\n{table(starts, ('--empty', '14 months'))}")
    return [*found, *starts]


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="rounds, each with both channels")
    missed = any(each.missed for each in bench(parser.parse_args().rounds))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
