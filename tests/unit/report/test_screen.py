"""Consoles: width, colour, pipes."""

import io
import json
import sys

import pytest
from rich.text import Text as Styled

from suanli.report import screen


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Gone(io.StringIO):
    def write(self, _):
        raise BrokenPipeError


@pytest.fixture
def plain(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return monkeypatch


def test_a_pipe_is_wide_unless_told_otherwise(plain, capsys):
    assert screen.screen().width == 120
    plain.setenv("COLUMNS", "90")
    assert screen.screen().width == 90
    plain.setenv("COLUMNS", "wide")
    assert screen.screen().width == 120


def test_a_pipe_gets_no_colour_and_no_spaces_at_ends_of_lines(plain, capsys):
    screen.show("a  \nb ")
    assert capsys.readouterr().out == "a\nb\n"


def test_a_terminal_gets_colour_unless_told_otherwise(plain):
    from rich.text import Text

    plain.setattr(sys, "stdout", Terminal())
    screen.show(Text("x", style="red"))
    assert sys.stdout.getvalue() == "\x1b[31mx\x1b[0m\n"
    plain.setattr(sys, "stdout", Terminal())
    plain.setenv("NO_COLOR", "1")
    screen.show(Text("x", style="red"))
    assert sys.stdout.getvalue() == "x\n"


def test_brackets_and_colons_are_only_text(plain, capsys):
    screen.show("[bold]x[/bold] :smile: 3.14")
    assert capsys.readouterr().out == "[bold]x[/bold] :smile: 3.14\n"


def test_errors_go_to_standard_error(capsys):
    screen.show("trouble", on=screen.error_screen())
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "trouble\n")


@pytest.mark.parametrize("stream", [Gone, type("Both", (Gone, Terminal), {})])
def test_a_reader_that_has_gone_is_an_error_of_its_own(plain, stream):
    plain.setattr(sys, "stdout", stream())
    with pytest.raises(BrokenPipeError, match=r"^$"):
        screen.show("x")


def test_json_keeps_chinese_and_refuses_what_json_cannot_hold(capsys):
    screen.print_json({"名": None})
    text = capsys.readouterr().out
    assert "名" in text
    assert json.loads(text) == {"名": None}
    with pytest.raises(ValueError, match="JSON compliant"):
        screen.print_json(float("nan"))


def test_control_characters_of_names_are_made_visible(capsys):
    screen.show(Styled("a\x1b[31mb\u202ec\x9bd\ne"))
    assert capsys.readouterr().out == "a\ufffd[31mb\ufffdc\ufffdd\ne\n"


@pytest.mark.parametrize("asked", ["0", "1", "19"])
def test_no_screen_is_narrower_than_words(asked, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", asked)
    screen.show(Styled("x" * 15))
    assert capsys.readouterr().out == "x" * 15 + "\n"
