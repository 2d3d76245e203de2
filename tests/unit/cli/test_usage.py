"""Wrong command lines that click reports in its own ways."""

import click
import pytest

from suanli.cli.usage import WrongUsage, no_such_command, told_where, usage_message, wrong_usage


def test_a_message_of_our_own_is_kept():
    error = wrong_usage("extra-arguments", "zh", names="a b")
    assert isinstance(error, WrongUsage)
    assert usage_message(error, "zh") == "多余的参数：a b。"


def test_what_click_may_think_of_later_is_told_without_its_words():
    assert usage_message(click.UsageError("Something odd."), "zh") == "命令写法不正确。"
    assert usage_message(click.BadParameter("odd"), "en") == " has a wrong value: "


def test_missing_option_and_argument():
    option = click.Option(["--output", "-o"])
    argument = click.Argument(["result"], metavar="结果文件夹")
    assert usage_message(click.MissingParameter(param=option), "zh") == "缺少必需的选项：--output。"
    assert usage_message(click.MissingParameter(param=argument), "zh") == "缺少参数：结果文件夹。"


def test_unknown_command_and_those_spelt_like_it():
    ctx = click.Context(click.Command("suanli"), info_name="suanli")
    error = no_such_command(ctx, "rum", ["run", "demo"], "en")
    assert usage_message(error, "en") == (
        "There is no command “rum”. Did you mean: run?\nSee: suanli --help"
    )


def test_errors_learn_where_they_happened():
    ctx = click.Context(click.Command("show"), info_name="suanli show")
    with pytest.raises(click.UsageError, match="odd") as caught, told_where(ctx):
        raise click.UsageError("odd")
    assert caught.value.ctx is ctx
