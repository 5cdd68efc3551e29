"""Which texts in Traditional Chinese are on topic, whatever their words for a control; and which are not."""

from __future__ import annotations

from datetime import date

import pytest

from dualuse.news import Reader
from dualuse.news.text.passages import make_text

ON = [
    "經濟部長在立法院備詢時說，對中國的半導體設備輸出將從嚴審查，業者下月起須逐案報備。",
    "歐盟執委會將檢討關鍵技術外流的風險，涵蓋半導體與量子電腦，會員國意見不一。",
    "荷蘭政府拒絕延長舊型微影機的維修服務，艾司摩爾說，約一成營收受影響。",
    "事務所提醒，台商若轉售含美國技術的貨品給受制裁對象，可能遭處罰。",
    "高雄地檢署起訴一家貿易商，指其未申請核准即把工具機賣到俄羅斯。",
    "北京下令國營資料中心停用外國人工智慧處理器，消息人士說涵蓋輝達的產品。",
    "馬來西亞投資貿工部宣布，美製人工智慧晶片轉口須三十天前通知當局。",
    "華府擬把雲端服務納管，不讓中國公司租用先進運算設備，最快十月提出草案。",
    "南韓產業部表示，兩家記憶體廠的中國產線明年起每年核定一次進口設備數量。",
    "中國對日本停止供應鎵與鍺已兩個月，日商改向歐洲採購。",
    "白宮顧問說，擴散規則損害美國的領導地位，應予廢除。",
    "參議員提案要求晶片內建定位功能，以防轉手到對手國家。",
    "企業說，稀土磁鐵領證的時間拉長到四十五天。",
    "外交部說，會與理念相近國家合作，防止高科技落入不當用途。",
]
OFF = [
    "台積電法說會指出，第三季營收創新高，先進製程占營收七成。",
    "輝達發表新一代圖形處理器，效能提升三成，下月上市銷售。",
    "記憶體現貨價格本週上漲一成，法人看好模組廠獲利。",
    "行政院核定半導體人才培育計畫，各大學新增名額。",
    "國會三讀通過長照法修正案，在野黨質疑漏洞太多。",
    "英特爾晶片被揭有資安漏洞，官方釋出更新，軟體供應商已跟進。",
    "食藥署規定進口豬肉須經核准，違者處罰。",
    "環境部訂新規，晶圓廠用水須回收八成五。",
    "受產能限制，晶片出貨下滑，車廠延後交車。",
    "蘋果在中國的門市下月停用舊款維修系統。",
]


@pytest.mark.parametrize("text", ON)
def test_on_topic(reader: Reader, text: str) -> None:
    assert reader.read(make_text("made-up", text), date(2025, 10, 20)).parts


@pytest.mark.parametrize("text", OFF)
def test_off_topic(reader: Reader, text: str) -> None:
    assert not reader.read(make_text("made-up", text), date(2025, 10, 20)).parts
