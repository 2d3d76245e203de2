"""Interrupts that came to nothing."""

import signal

import pytest

from suanli.cli.interrupts import Listener, honour_interrupts, remember_interrupts
from suanli.cli.progress import progress


@pytest.fixture(autouse=True)
def own_handler():
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def swallowed():
    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        signal.raise_signal(signal.SIGINT)


def test_an_interrupt_that_was_swallowed_ends_the_run_at_its_next_stage():
    remember_interrupts()
    honour_interrupts()
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


def test_the_listener_interrupts():
    listener = Listener()
    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        listener(signal.SIGINT, None)
    assert listener.heard
