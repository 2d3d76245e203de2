"""The command line in this process."""

import pytest

from suanli.cli.entrance import exit_code


@pytest.fixture
def suanli(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments, language="zh", code=0):
        monkeypatch.setenv("SUANLI_LANG", language)
        capsys.readouterr()
        found = exit_code([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert found == code, captured.out + captured.err
        return captured.out or captured.err

    return call
