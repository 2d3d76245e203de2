import io
import sys

from suanli.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_stages_are_told_on_a_terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress("zh") as stage:
        for name in ("reading", "indicators", "scoring", "saving"):
            stage(name)
        error = sys.stderr
    assert "保存结果" in error.getvalue()


def test_a_pipe_stays_clean(capsys):
    with progress("en") as stage:
        stage("reading")
    assert capsys.readouterr() == ("", "")
