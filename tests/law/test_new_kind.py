"""In a copy of the house, one new file and what it says are a new kind of test: option, column, rule, cases and all."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.running import Run

ROOT = Path(__file__).resolve().parents[2]

KIND = '''"""The consignee is of some sort."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import Kind, Words, is_stated, say_fact

SORTS = ("university", "company")
SORT = Fact[str]("consignee_sort", "consignee-sort", Choice(SORTS), "Sort of consignee.")

KIND = Kind(
    name="consignee_sort",
    order=190,
    form=Words(SORTS, several=True),
    meaning="The consignee is of one of these sorts.",
    check=is_stated(SORT),
    say=say_fact(SORT, "consignee_sort"),
    holds="the consignee is of one of these sorts",
    unknown="never: one that was not stated fails",
    facts=(SORT,),
)
'''
SAYS = {
    "consignee_sort": ["the sort of consignee is {value}", "收貨人為{value}", "收货人为{value}"],
    "consignee_sort_absent": ["no sort of consignee was stated", "未說明收貨人的類別", "未说明收货人的类别"],
}
"""What is said of it, as rows of ``texts.json``."""
RULE = """title: Universities (made up)
kind: exception
instrument: us-ai-diffusion-ifr-2025-01
provision: us-ai-diffusion-ifr-2025-01.740.29-a
order: 5
applies_to:
  - rs-2025-worldwide
when:
  consignee_sort:
    - university
  says: the consignee is a university
code: UNI
sources:
  - fr-2025-00636
confidence: low
"""
CASES = """cases:
  - day: 2025-06-02
    facts: {item: H100 SXM, quantity: 2000, to: CH, hq: CH, consignee-sort: university}
    expect: {outcome: licence-exception, exception: UNI, applies: yes}
    sources: [fr-2025-00636]
  - day: 2025-06-02
    facts: {item: H100 SXM, quantity: 2000, to: CH, hq: CH}
    expect: {outcome: licence-required, applies: no}
    sources: [fr-2025-00636]
"""
KEEP = """
from dualuse.build import build, save
from dualuse.validate import check_cases
built = build()
save(built, "store")
print(*check_cases(built), sep="\\n")
"""
DAY = ("--as-of", "2025-06-02")
SWISS = ("check", "--item", "H100 SXM", "--quantity", "2000", "--to", "CH", "--hq", "CH", *DAY)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the command of a copy of the house that has the new files."""
    house = tmp_path_factory.mktemp("house")
    for name in ("graph", "ontology", "data", "docs", "scripts"):
        shutil.copytree(ROOT / name, house / name)
    shutil.copy(ROOT / "pyproject.toml", house)
    (house / "graph/dualuse/law/tests/consignee_sort.py").write_text(KIND, "utf-8")
    words = house / "graph/dualuse/texts.json"
    texts = json.loads(words.read_text("utf-8"))
    texts["found"] |= SAYS
    words.write_text(json.dumps(texts, ensure_ascii=False), "utf-8")
    (house / "data/rules/exc-university.yml").write_text(RULE, "utf-8")
    environment = os.environ | {"PYTHONPATH": str(house / "graph"), "DUALUSE_STORE": str(house / "store")}

    def call(*words: str) -> CompletedProcess[str]:
        command = [sys.executable, "-c", "from dualuse.cli import main; main()", *words]
        return subprocess.run(command, cwd=house, env=environment, capture_output=True, encoding="utf-8", check=False)

    cases = house / "data/rules/exc-university.cases.yml"
    cases.write_text(CASES, "utf-8")
    renew = [sys.executable, str(house / "scripts/regenerate"), "--quick"]
    renewed = subprocess.run(renew, cwd=house, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert renewed.returncode == 0, renewed.stderr
    cases.write_text(CASES.replace("applies: no", "applies: yes"), "utf-8")
    # of the checks the cases alone: a test validates it
    wrong = subprocess.run([sys.executable, "-c", KEEP], cwd=house, env=environment, capture_output=True, text=True)
    assert (wrong.returncode, wrong.stdout) == (
        0,
        "rules/exc-university.cases.yml: case 2: item H100 SXM, quantity 2000, to CH, hq CH, on 2025-06-02 "
        "as codified: applies is no, yes is expected [cases]\n",
    )
    cases.write_text(CASES, "utf-8")
    return call


def test_it_is_an_option(run: Run) -> None:
    assert "--consignee-sort [university|company]" in run("check", "--help").stdout


def test_it_decides(run: Run) -> None:
    done = run(*SWISS, "--consignee-sort", "university", "--format", "json")
    assert json.loads(done.stdout)["answer"]["exception"] == "UNI"
    assert "no sort of consignee was stated" in run(*SWISS, "--format", "json").stdout
    assert "'college' is not one of" in run(*SWISS, "--consignee-sort", "college").stderr


def test_it_is_a_column(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(
        "item,to,hq,quantity,consignee-sort\nH100 SXM,CH,CH,2000,university\nH200,CH,CH,1,college\n", "utf-8"
    )
    rows = list(csv.DictReader(io.StringIO(run("check", "--batch", str(table), *DAY).stdout)))
    assert [row["exception"] for row in rows] == ["UNI", ""]
    assert rows[1]["error"] == "no consignee sort 'college'; known: university, company"


def test_it_is_validated_with_its_cases(run: Run) -> None:
    """Nothing is wrong with it once ``scripts/regenerate`` has written what follows from it."""
    done = run("validate")
    assert done.returncode == 0
    assert done.stdout.endswith("no finding.\n")


def test_a_value_it_does_not_have_is_told(run: Run, tmp_path: Path) -> None:
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    (data / "rules/exc-university.yml").write_text(RULE.replace("- university", "- college"), "utf-8")
    assert (
        "rules/exc-university.yml:10: when.consignee_sort.0: 'college' is not allowed"
        in run("validate", "--data", str(data)).stderr
    )
