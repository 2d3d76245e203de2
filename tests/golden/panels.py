"""The demonstration panels that come with the package: which experts are made up, and by which seed."""

from pathlib import Path

import suanli
from tests.simulated_panels import simulated_answers

FOLDER = Path(suanli.__file__).parent / "intake" / "panels" / "bundled"
EXPERTS = 15
SEEDS = {"cpdi-2.0": 2023002, "ccpe-3.0": 2023027}

RULES = """\
# 模拟专家组：15 位专家及其判断均由程序生成，仅供演示，不代表任何机构或个人的意见。
# A simulated panel: its 15 experts and their judgements are generated, for demonstration only; nobody's opinion.
suanli: 1
framework: {framework}
title: {{zh: {zh}（模拟专家组）, en: {en} (simulated panel)}}
simulated: true
elicitation: pairwise
scale: saaty
method: eigenvector
random_index: alonso-lamata
aggregation: judgements
expert_weights: equal
seed: {seed}
rounds:
  - [judgements.csv]
"""


def files(framework_id: str) -> dict[str, bytes]:
    """Return the files of a demonstration panel by name."""
    framework, seed = suanli.bundled(framework_id), SEEDS[framework_id]
    answers = simulated_answers(framework, experts=EXPERTS, seed=seed)
    rules = RULES.format(
        framework=framework_id, zh=framework.title.zh, en=framework.title.en, seed=seed
    )
    return {
        "panel.yaml": rules.encode(),
        "judgements.csv": answers.write_csv(line_terminator="\n").encode(),
    }


def write() -> None:
    """Write every demonstration panel into the package."""
    for framework_id in SEEDS:
        folder = FOLDER / framework_id
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files(framework_id).items():
            (folder / name).write_bytes(content)
