"""Interrupts that came to nothing."""

import signal

import pytest

from suanli.cli.interrupts import (
    Listener,
    heed_interrupts,
    honour_interrupts,
    remember_interrupts,
)
from suanli.cli.progress import progress


@pytest.fixture(autouse=True)
def own_handlers():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def swallowed():
    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        signal.raise_signal(signal.SIGINT)


def test_an_interrupt_that_was_swallowed_ends_the_run_at_its_next_stage():
    remember_interrupts()
    heed_interrupts()
    with progress("zh") as stage:
        stage("reading")
        swallowed()
        with pytest.raises(KeyboardInterrupt, match=r"^$"):
            stage("saving")


def test_a_process_that_lets_interrupts_pass_goes_on_doing_so():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    remember_interrupts()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    honour_interrupts()


def test_a_request_to_end_is_an_interrupt():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    remember_interrupts()
    heed_interrupts()
    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        signal.raise_signal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        honour_interrupts()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_while_the_program_is_loaded_waits(number):
    remember_interrupts()
    signal.raise_signal(number)
    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        heed_interrupts()
    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        signal.raise_signal(number)


def test_the_listener_interrupts():
    listener = Listener()
    listener(signal.SIGINT, None)
    listener.waits = False
    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        listener(signal.SIGINT, None)
    assert listener.heard
