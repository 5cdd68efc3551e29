"""Sides that the paper tells of or that are asked for; taken on the end of a measure they are none on the measure."""

from __future__ import annotations

from datetime import date

import pytest

from dualuse.news import Reader
from dualuse.news.text.passages import make_text

TAKEN = [
    (
        "Dutch Trade Minister Sjoerd Sjoerdsma flew to Washington to oppose the MATCH Act.",
        {"nl-minister-trade opposes"},
    ),
    ("ASML has lobbied against the MATCH Act since April.", {"asml opposes"}),
    ("NVIDIA is among the companies opposing the MATCH Act.", {"nvidia opposes"}),
    (
        "The MATCH Act drew criticism from ASML and the Semiconductor Industry Association.",
        {"asml opposes", "sia opposes"},
    ),
    ("The MATCH Act has the backing of Anthropic.", {"anthropic supports"}),
    ("ASML's opposition to the MATCH Act is well known.", {"asml opposes"}),
    ("The Dutch government warned the MATCH Act would harm ASML.", {"gov-nl concerned"}),
    ("The Semiconductor Industry Association urged Congress to reject the MATCH Act.", {"sia opposes"}),
    ("The Semiconductor Industry Association urged Congress to revise the MATCH Act.", {"sia requests-change"}),
    ("Nvidia called the AI diffusion rule one of the most destructive of its kind.", {"nvidia opposes"}),
    ('"The AI diffusion rule is incomprehensible," Jensen Huang wrote on the X platform.', {"nvidia opposes"}),
]
TAKEN += [
    ("Nvidia and ASML have opposed the MATCH Act.", {"nvidia opposes", "asml opposes"}),
    ("Guo Jiakun, a spokesperson of China's foreign ministry, said Beijing opposes the MATCH Act.", {"mfa-cn opposes"}),
]
OWN = "The Commerce Department issued the AI diffusion rule. "
TAKEN += [
    (OWN + "The department said the rule will protect national security.", {"doc supports"}),
    (OWN + "The bureau said it is a lawful measure in line with international practice.", set()),
]
TAKEN += [
    (
        "Sens. Pete Ricketts (R-Neb.) and Elizabeth Warren (D-Mass.) opposed the MATCH Act.",
        {"senate opposes"},
    ),
    (
        "Sens. Elizabeth Warren (D-Mass.), Ada Lovelock (R-Ohio) and Ben Carrow (D-Ore.) opposed the MATCH Act.",
        {"senate opposes", " opposes"},
    ),
    ("Sens. Pete Ricketts, R-Neb., and Jim Banks, R-Ind., welcomed the MATCH Act.", {"senate supports"}),
    ("John Moolenaar, who endorsed the MATCH Act in May, met the makers.", {"house supports"}),
    ("ASML was surprised and worried by the MATCH Act.", {"asml concerned"}),
    ("The MATCH Act is a welcome step, Senator Jim Banks said.", {"senate supports"}),
    ("The MATCH Act is essential to our national security, Senator Jim Banks said.", {"senate supports"}),
    ("John Moolenaar continues to favor strong restrictions under the MATCH Act.", {"house supports"}),
    ("ASML wrote to Congress, warning that the MATCH Act could cost jobs.", {"asml concerned"}),
    ("Nvidia gave its full backing to the MATCH Act.", {"nvidia supports"}),
]
TAKEN += [
    ("Sen. Pete Ricketts, R-Neb., introduced the MATCH Act.", {"senate supports"}),
    (
        "The MATCH Act, a bill introduced by Sens. Pete Ricketts (R-Neb.) and Jim Banks (R-Ind.), would require the "
        "Commerce Department to act.",
        {"senate supports"},
    ),
    ("In a letter to Howard Lutnick, Pete Ricketts warned that the MATCH Act could cost jobs.", {"senate concerned"}),
]
TAKEN += [
    ("The MATCH Act is unfair and too broad, Nvidia said.", {"nvidia opposes"}),
    ('Nvidia called the MATCH Act "a step backwards".', {"nvidia opposes"}),
    ("The MATCH Act matters, but it goes too far, Nvidia said.", {"nvidia opposes"}),
    ("Nvidia took issue with the MATCH Act.", {"nvidia opposes"}),
    ("Nvidia vowed to fight the MATCH Act.", {"nvidia opposes"}),
    ("ASML was alarmed by the MATCH Act.", {"asml concerned"}),
    ("ASML has reservations about the MATCH Act.", {"asml concerned"}),
    ("Senator Jim Banks stood by the MATCH Act.", {"senate supports"}),
    ("The Semiconductor Industry Association wants an exemption from the MATCH Act.", {"sia requests-change"}),
    (
        "The deadline of the MATCH Act should be extended, the Semiconductor Industry Association said.",
        {"sia requests-change"},
    ),
]
TAKEN += [
    (
        "The Semiconductor Industry Association, which represents firms such as Intel and Micron, urged Congress to "
        "reject the MATCH Act.",
        {"sia opposes"},
    ),
]
SUSPENDED = (
    "The Commerce Department published the Affiliates Rule suspension. "
    "The Affiliates Rule suspension holds for a year. "
)
TAKEN += [
    (SUSPENDED + "Senator Jim Banks criticized the decision to suspend the controls.", {"senate opposes"}),
    (SUSPENDED + "Nvidia opposes export controls.", set()),
    (SUSPENDED + "Restricting the sale of chips is essential to our national security, Senator Jim Banks said.", set()),
]
NONE = [
    "The MATCH Act is not unfair, Nvidia said.",
    "Nvidia did not take issue with the MATCH Act.",
    "ASML has no reservations about the MATCH Act.",
    "Suspending the AI diffusion rule was a big mistake, Senator Jim Banks said.",
    "Allowing sales despite the AI diffusion rule would be a victory for China, Senator Jim Banks said.",
    "Senator Jim Banks criticized the decision to allow exports despite the AI diffusion rule.",
    "The Commerce Department rescinded the AI diffusion rule. It will protect national security, the department said.",
    "Senator Ted Cruz welcomed the Trump administration's decision to rescind and replace the AI diffusion rule.",
    "The Commerce Department will rescind the AI diffusion rule. Nvidia welcomed the decision.",
    "Nvidia applauded the planned repeal of the AI diffusion rule.",
    "Nvidia sells chips to customers who oppose the AI diffusion rule.",
    "Nvidia has never come out against the AI diffusion rule.",
    "美国商务部宣布，将撤销人工智能扩散规则。英伟达在声明中表示欢迎这一决定。",
    "英伟达表示欢迎美国商务部决定撤销人工智能扩散规则。",
]


def sides(reader: Reader, text: str, day: date = date(2026, 6, 24)) -> set[str]:
    """Everyone's side in a text, by the key of the body."""
    reading = reader.read(make_text("made-up", text), day, relevant="yes")
    return {f"{statement.organisation} {statement.stance}" for statement in reading.statements}


@pytest.mark.parametrize(("text", "expected"), TAKEN, ids=[text[:50] for text, _ in TAKEN])
def test_a_side_is_told_with_whose_it_is(reader: Reader, text: str, expected: set[str]) -> None:
    assert sides(reader, text) == expected


@pytest.mark.parametrize("text", NONE, ids=[text[:50] for text in NONE])
def test_no_side_is_turned_round(reader: Reader, text: str) -> None:
    assert sides(reader, text) == set()


def test_a_move_that_itself_ends_something_can_be_opposed(reader: Reader) -> None:
    text = """The U.S. is revoking the validated end-user authorizations of Samsung and SK Hynix for plants in China.

    China's commerce ministry opposed the move."""
    assert sides(reader, text, date(2025, 8, 29)) == {"mofcom opposes"}


def test_which_instruments_end_or_ease_another(reader: Reader) -> None:
    easing = {key for key, instrument in reader.facts.instruments.items() if instrument.eases}
    assert {"cn-mofcom-70-2025-11", "us-h200-announcement-2025-12", "us-veu-tsmc-nanjing-2025-09"} <= easing
    assert not {"cn-customs-h200-2026-01", "us-ai-diffusion-ifr-2025-01", "us-dc-veu-2024-10"} & easing


def test_what_is_said_of_another_state_is_about_no_measure_of_this_one(reader: Reader) -> None:
    text = """China on Tuesday banned exports of gallium, germanium and antimony to the United States.

    The China Semiconductor Industry Association said the United States weaponised trade."""
    reading = reader.read(make_text("made-up", text), date(2024, 12, 3), relevant="yes")
    assert [(each.organisation, each.instruments) for each in reading.statements] == [("csia", ())]


GATE = [
    "Senators wrote to him over the decision to allow Nvidia to sell chips to the People's Republic of China.",
    "The president will end curbs meant to keep advanced technology out of the hands of foreign adversaries.",
]


@pytest.mark.parametrize("text", GATE)
def test_such_a_text_is_read(reader: Reader, text: str) -> None:
    assert reader.read(make_text("made-up", text), date(2025, 8, 15)).relevance.any
