"""One command line to one exit code."""

import errno
import io
import json
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suanli.cli import entrance
from suanli.cli.program import COMMANDS
from suanli.language import say

HEAVY = (
    "polars",
    "numpy",
    "pydantic",
    "pint",
    "rich",
    "openpyxl",
    "scipy",
    "fastexcel",
    "xlsxwriter",
)


def test_version(suanli):
    answer = suanli("--version")
    assert answer.code == 0
    assert answer.out.startswith("suanli 0.")


@pytest.mark.parametrize(("language", "word"), [("zh", "用法：suanli"), ("en", "Usage: suanli")])
def test_nothing_asked_shows_help_as_a_wrong_command_line(suanli, language, word):
    for arguments in ((), ("--lang", language), ("framework",)):
        answer = suanli(*arguments, language=language)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith(word)


@pytest.mark.parametrize(("option"), ["-h", "--help"])
def test_help(suanli, option):
    answer = suanli(option)
    assert answer.code == 0
    assert answer.out.startswith("Usage: suanli [OPTIONS] COMMAND [ARGS]...\n")


USAGE = {
    ("foo",): ("没有“foo”这个命令。", "There is no command “foo”."),
    ("sho",): (
        "没有“sho”这个命令。是否要用：show？",
        "There is no command “sho”. Did you mean: show?",
    ),
    ("framework", "dif"): (
        "没有“dif”这个命令。是否要用：diff？",
        "There is no command “dif”. Did you mean: diff?",
    ),
    ("--foo",): ("没有“--foo”这个选项。", "There is no option “--foo”."),
    ("show", "-x"): ("没有“-x”这个选项。", "There is no option “-x”."),
    ("show", "r", "--topp", "3"): (
        "没有“--topp”这个选项。是否要用：--top？",
        "There is no option “--topp”. Did you mean: --top?",
    ),
    ("show",): ("缺少参数：结果文件夹。", "An argument is missing: RESULT."),
    ("new", "x"): ("缺少必需的选项：--framework。", "A required option is missing: --framework."),
    ("show", "a", "b", "c"): ("多余的参数：b c。", "Too many arguments: b c."),
    ("frameworks", "a"): ("多余的参数：a。", "Too many arguments: a."),
    ("show", "a", "--node"): (
        "选项 --node 之后缺少取值。",
        "The option --node needs a value after it.",
    ),
    ("--lang",): ("选项 --lang 之后缺少取值。", "The option --lang needs a value after it."),
    ("show", "a", "--json=1"): ("选项 --json 不带取值。", "The option --json takes no value."),
    ("--version=1",): ("选项 --version 不带取值。", "The option --version takes no value."),
    ("show", "a", "--top", "x"): (
        "--top 的取值不正确：应为不小于 1 的整数。",
        "--top has a wrong value: it must be a whole number of at least 1.",
    ),
    ("--lang", "fr", "frameworks"): (
        "--lang 的取值不正确：应为 zh / en 之一。",
        "--lang has a wrong value: choose one of zh / en.",
    ),
    ("run", "s", "--change", "x"): (
        "--change 之后应写作 路径=取值，如 normalisation/goalposts=fixed。",
        "Write PATH=VALUE after --change, such as normalisation/goalposts=fixed.",
    ),
    ("show", "a", "--region", "x", "--top", "1"): (
        "--region 不能与 --top 同时使用。",
        "--region cannot be used together with --top.",
    ),
}


@pytest.mark.parametrize("arguments", USAGE, ids=" ".join)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_wrong_usage_is_told_in_the_language(suanli, arguments, language):
    answer = suanli(*arguments, language=language)
    first, last = answer.err.splitlines()
    assert (answer.code, answer.out) == (2, "")
    assert first == USAGE[arguments][("zh", "en").index(language)]
    assert last.startswith("用法见：suanli" if language == "zh" else "See: suanli")
    assert last.endswith("--help")


WORDS = st.sampled_from(
    [
        *COMMANDS, "diff", "schema", "--lang", "zh", "en", "--json", "--top", "--top=0", "3", "-1", "x", "",
        "--node", "--region", "北京", "--period", "--change", "a=b", "=", "--verdict", "agrees", "--output",
        "--out", "--framework", "--periods", "--", "-", "-h", "--version", "open-1.0", "nope.yaml", "/dev/null",
        "没有的文件夹", "{found}", "\x1b[31m",
    ]
)  # fmt: skip
OWN_ENGLISH = (
    "Missing",
    "No such",
    "Error",
    "Invalid",
    "Got unexpected",
    "requires an argument",
    "Traceback",
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(WORDS, max_size=6))
def test_no_command_line_ends_in_a_traceback_or_in_clicks_words(
    suanli, tmp_path, monkeypatch, words
):
    monkeypatch.chdir(tmp_path)
    if "demo" in words:
        words = [word for word in words if word != "demo"]
    answer = suanli(*words, language="zh")
    assert answer.code in (0, 1, 2)
    assert not any(word in answer.err for word in OWN_ENGLISH)
    assert answer.code == 0 or answer.err or "check" in words or "--json" in words


@pytest.mark.parametrize("language", ["zh", "en"])
def test_problems_of_the_user_are_one_and_told(suanli, tmp_path, language):
    for arguments in (
        ("show", tmp_path),
        ("run", tmp_path),
        ("run", tmp_path / "没有"),
        ("compare", "a", "b"),
    ):
        answer = suanli(*arguments, language=language)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.startswith("错误" if language == "zh" else "error")


def failing(monkeypatch, error):
    def main(*_, **__):
        raise error

    monkeypatch.setattr(entrance.Commands, "invoke", main)


def test_system_trouble(suanli, monkeypatch):
    failing(monkeypatch, PermissionError(errno.EACCES, "Permission denied", "a.yaml"))
    answer = suanli("frameworks", language="zh")
    assert answer.code == 1
    assert answer.err == "无法读写 a.yaml：没有权限。请检查路径、权限和磁盘空间后重试。\n"


def test_interrupted(suanli, monkeypatch):
    failing(monkeypatch, KeyboardInterrupt())
    answer = suanli("frameworks", language="zh")
    assert (answer.code, answer.err) == (130, "已中断，尚未保存的内容没有写入。\n")


def test_a_reader_that_has_gone(suanli, monkeypatch):
    failing(monkeypatch, BrokenPipeError())
    answer = suanli("frameworks")
    assert (answer.code, answer.out, answer.err) == (0, "", "")


def test_a_shell_may_ask_for_completion(suanli, monkeypatch):
    monkeypatch.setenv("_SUANLI_COMPLETE", "bash_source")
    assert "_SUANLI_COMPLETE=bash_complete" in suanli().out
    monkeypatch.setenv("_SUANLI_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "suanli fr")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert suanli().out.split() == ["plain,freeze", "plain,frameworks", "plain,framework"]


def test_streams_that_were_closed(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["suanli", "frameworks"])
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO(), "ascii"))
    with pytest.raises(SystemExit, match=r"^\d+$") as leaving:
        entrance.run_and_leave()
    opened = sys.stdout
    monkeypatch.undo()
    opened.close()
    assert leaving.value.code == 0


EARLY = """
import signal, sys
from suanli.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            signal.raise_signal(signal.SIGINT)

sys.modules.pop("click", None)
sys.meta_path.insert(0, Interrupting())
sys.argv = ["suanli", "frameworks", "--lang", "zh"]
main()
"""


def test_an_interrupt_while_the_program_is_loaded_is_told():
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", EARLY],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.strip() == say("cli", "interrupted", "zh")


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from suanli.cli.entrance import exit_code; "
        "assert exit_code(['--help']) == 0; assert exit_code(['show', '--help']) == 0; "
        f"loaded = [name for name in {HEAVY!r} if name in sys.modules]; sys.exit(', '.join(loaded) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_messages_do_not_format_what_they_quote(suanli):
    assert "{found}" in suanli("{found}").err
    assert say("cli", "usage-no-such-command", "en", name="{x}") == "There is no command “{x}”."


@pytest.mark.parametrize(
    "command",
    [
        ("run", "nothing"),
        ("show", "nothing"),
        ("compare", "nothing", "nowhere"),
        ("facts", "nothing"),
        ("framework", "show", "nothing"),
        ("framework", "diff", "nothing", "cpdi-2.0"),
        ("regions", "火星"),
    ],
)
def test_what_is_refused_is_json_when_asked_for(suanli, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = suanli(*command, "--json")
    assert (answer.code, answer.err) == (1, "")
    problems = json.loads(answer.out)["problems"]
    assert [set(problem) >= {"severity", "code", "message", "action"} for problem in problems]
    assert problems[0]["severity"] == "error"
    assert suanli(*command).out == ""
