"""What Chinese clauses claim, how it is put, and what they do not claim: invented sentences, both scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dualuse.knowledge import Knowledge
from dualuse.news import make_text
from dualuse.news.reader import Reader
from dualuse.news.reading import Reading

Read = Callable[[str], Reading]
DAY = date(2025, 9, 20)

CLAIMED = [
    ("美國商務部已向該公司核發晶片的出口許可證。", "licence-scope", "asserted"),
    ("当局尚未批准晶片的出口许可。", "licence-scope", "denied"),
    ("華府同意該廠商恢復向中國出口降規晶片。", "licence-scope", "asserted"),
    ("美方撤销两座工厂的豁免资格。", "licence-scope", "asserted"),
    ("晶片須先通過第三方測試，才能運往中國。", "licence-scope", "asserted"),
    ("业者须把销售额的二成上缴美国政府。", "licence-scope", "asserted"),
    ("企業必須將H20晶片收入的一成上繳國庫。", "licence-scope", "asserted"),
    ("商务部将七家美国企业列入管控名单。", "item-scope", "asserted"),
    ("当局将于下月把该厂移出实体清单。", "item-scope", "forecast"),
    ("盟友的晶片採購不受出口管制限制。", "item-scope", "denied"),
    ("北京要求科技公司停止採購H20晶片。", "restricted-act", "asserted"),
    ("美國將全球分三級管制晶片。", "tier-count", "asserted"),
    ("白宮解除對輝達H20晶片的禁售。", "restricted-act", "asserted"),
    ("公告第二款自即日起暂停实施。", "process", "asserted"),
    ("华府正考虑允许出售该款晶片。", "process", "asserted"),
    ("市场监管总局对英伟达展开反垄断调查。", "process", "asserted"),
    ("禁令導致多家車廠停產。", "consequence", "forecast"),
    ("此舉將削弱並侵蝕美國晶片業的優勢。", "consequence", "forecast"),
    ("公告称，此举为履行防扩散等国际义务。", "purpose", "asserted"),
    ("這款H20晶片專為中國市場設計。", "background", "asserted"),
    ("中國商務部稱，荷方應承擔全部責任。", "demand", "demanded"),
    ("公告自發布當天生效。", "applies-after", "asserted"),
    ("晶片廠被迫另尋供應商。", "consequence", "forecast"),
    ("違反晶片出口規定者將處罰鍰。", "consequence", "forecast"),
    ("华府正重新审视晶片出口管制措施。", "process", "asserted"),
    ("名單新增七家企業，同時移除兩家企業。", "item-scope", "asserted"),
    ("該晶片產品沒有後門。", "description", "denied"),
    ("公司本季未售出任何H20晶片。", "background", "denied"),
    ("這不利於晶片業發展。", "consequence", "forecast"),
    ("兩人涉嫌走私輝達晶片。", "background", "asserted"),
    ("公司獲得將近400萬美元的晶片訂單。", "background", "hedged"),
    ("当局尚未就此作出决定，芯片出口仍受管制。", "process", "denied"),
    ("管制清單還包括晶片設備。", "item-scope", "asserted"),
    ("晶片未經許可不得出口。", "licence-scope", "asserted"),
    ("晶片出口管制不會對南韓記憶體產業造成實質衝擊。", "consequence", "denied"),
    ("當局無意向這幾座中國晶圓廠批出擴大產能的出口許可證。", "licence-scope", "denied"),
    ("商會籲求荷蘭政府延後晶片設備的出口管制。", "demand", "demanded"),
    ("安世中国恢复供货，车厂松了一口气。", "action", "asserted"),
]
CLAIMED += [
    ("晶片出口許可要求不適用於盟友。", "licence-scope", "denied"),
    ("该芯片规定不再适用于韩国企业。", "item-scope", "denied"),
    ("芯片出口管制不仅适用于一国，也适用于他国。", "item-scope", "asserted"),
    ("當局拒絕向該公司發放晶片出口許可。", "licence-scope", "denied"),
    ("芯片出口申请以推定拒绝的政策审查许可。", "licence-scope", "asserted"),
    ("该公司拒绝就芯片出口管制置评。", "item-scope", "asserted"),
    ("芯片新规5月15日起生效。", "applies-after", "asserted"),
]
NOT_CLAIMED = [
    ("芯片许可例外不适用于数据中心芯片。", "scope-exclusion"),
    ("這項晶片豁免不包括大陸客戶。", "scope-exclusion"),
    ("芯片新规原定于5月15日生效，现已推迟。", "applies-after"),
    ("第三級國家面臨晶片出口限制。", "consequence"),
    ("荷方應避免晶片管制措施破壞供應鏈。", "criticism"),
    ("晶片業者無須申請許可即可出口。", "licence-scope"),
    ("公司正提交晶片出口許可的申請。", "licence-scope"),
    ("政府撤銷該晶片廠的豁免。", "scope-exclusion"),
    ("中國持續提升的晶片技術引發美國擔憂。", "consequence"),
    ("輝達希望政府能阻止更嚴的晶片出口管制。", "purpose"),
]


@pytest.fixture(scope="module")
def read(knowledge: Knowledge) -> Read:
    reader = Reader(knowledge.store)
    return lambda text: reader.read(make_text("made-up", text), DAY, relevant="yes")


@pytest.mark.parametrize(("text", "attribute", "modality"), CLAIMED)
def test_claim_is_made(read: Read, text: str, attribute: str, modality: str) -> None:
    found = [(claim.attribute, claim.modality) for claim in read(text).claims]
    assert (attribute, modality) in found


@pytest.mark.parametrize(("text", "attribute"), NOT_CLAIMED)
def test_claim_is_not_made(read: Read, text: str, attribute: str) -> None:
    assert attribute not in {claim.attribute for claim in read(text).claims}


@pytest.mark.parametrize(
    "text",
    [
        "第一級除日本外共18國。",
        "第一級原有18國。",
        "第一級並非只有18國。",
        "第一級有18國，第二級有120國。",
        "從第一級移到第二級的有3國。",
    ],
)
def test_guarded_count_is_never_high(read: Read, text: str) -> None:
    claims = read(f"人工智慧晶片出口管制：{text}").claims
    assert "high" not in {claim.confidence for claim in claims}


def test_plain_count_is_high(read: Read) -> None:
    claims = read("人工智慧晶片出口管制新規：第一級有18國。").claims
    assert [claim.confidence for claim in claims if claim.attribute == "tier1-count"] == ["high"]


def test_count_goes_with_its_row(read: Read) -> None:
    claims = read("晶片出口管制中，列入第一級者計18國、第二級者計120國。").claims
    assert {(c.attribute, c.value) for c in claims if "-count" in c.attribute} == {
        ("tier1-count", "18"),
        ("tier2-count", "120"),
    }


@pytest.mark.parametrize(
    ("text", "relevant"),
    [
        ("市場監管部門表示，輝達違反反壟斷法。", True),
        ("檢方查獲三人，涉嫌將輝達伺服器轉運至中國。", True),
        ("黃仁勳說，公司在中國市場的份額降至零。", True),
        ("主管機關說明戰略性高科技貨品的輸出許可。", True),
        ("台積電公布季報，先進製程需求強勁。", False),
        ("世界晶片市場今年成長兩成。", False),
        ("法國總統訪問越南，簽署採購客機的協議。", False),
    ],
)
def test_gate(knowledge: Knowledge, text: str, relevant: bool) -> None:
    reading = Reader(knowledge.store).read(make_text("made-up", text), DAY)
    assert reading.relevance.any is relevant


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("華府7月撤銷禁令。", ["2025-07"]),
        ("新規12月生效。", ["2025-12"]),
        ("公告於4月4日和9日發布。", ["2025-04-04", "2025-04-09"]),
        ("公告於4月4日發布，9日生效。", ["2025-04-04", "2025-09-09"]),
        ("規定9月15日公布。", ["2025-09-15"]),
        ("許可證3個月後到期。", []),
    ],
)
def test_bare_month(read: Read, text: str, days: list[str]) -> None:
    assert [found.value for found in read(f"晶片出口管制：{text}").dates] == days


def test_day_is_not_the_year_of_a_numbered_notice(read: Read) -> None:
    claims = read("2024年12月3日，商务部发布2024年第46号公告，加强出口管制。").claims
    assert [claim.value for claim in claims if claim.attribute == "announced-on"] == ["2024-12-03"]


@pytest.mark.parametrize(
    ("text", "voice"),
    [("商務部宣布，美國政府9日公布晶片出口新規。", "doc"), ("美國政府9日公布晶片出口新規。", "")],
)
def test_announcement_is_told_by_the_paper(read: Read, text: str, voice: str) -> None:
    (claim,) = (claim for claim in read(text).claims if claim.attribute == "announced-on")
    assert claim.claimant in (voice, "mofcom" if voice else "")


@pytest.mark.parametrize(("voice", "confidence"), [("", "low"), ("中國商務部表示，", "medium")])
def test_criticism_of_nobody_is_low(read: Read, voice: str, confidence: str) -> None:
    claims = read(f"{voice}此舉濫用晶片出口管制。").claims
    assert {claim.confidence for claim in claims if claim.attribute == "criticism"} == {confidence}


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        ("華為的處理器採用台積電製造的晶片。", ("supplies", "tsmc", "huawei")),
        ("安世半導體是聞泰科技旗下企業，總部設於荷蘭。", ("owns", "wingtech", "nexperia")),
        ("安世半導體在荷蘭擁有生產基地，也生產晶片。", ("site", "nexperia", "荷蘭")),
        ("三星在中國西安的工廠生產晶片。", ("site", "samsung", "中國")),
    ],
)
def test_tie(read: Read, text: str, tie: tuple[str, str, str]) -> None:
    assert tie in {(found.kind, found.subject, found.object) for found in read(text).relations}


def test_who_tells_of_a_part_does_not_buy_it(read: Read) -> None:
    found = read("英特爾表示，拆解後發現來自台積電的晶片。").relations
    assert "intel" not in {tie.object for tie in found}
