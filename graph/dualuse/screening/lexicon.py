"""Words that many names share, by the one word that stands for each, in English and in Chinese.

They tell little: two firms that share only such words are not one. A Chinese word has the English one beside it, so
that a name and its translation are compared word for word.
"""

from __future__ import annotations

_ALIKE = """
technology: technologies technological tech technol tekhnologii tekhnologiya 技术 科技
international: intl internat mezhdunarodnyi 国际
electronic: electronics elec electr elektronika elektronik elektronnyi 电子
microelectronic: microelectronics mikroelektronika 微电子
semiconductor: semiconductors semicon semi 半导体
integrated: 集成
circuit: circuits ic 电路
manufacturing: manufacture manufacturer manufacturers mfg manuf fabrication 制造
industry: industries industrial indus ind promyshlennost 工业 产业 实业
equipment: equip 设备 装备
material: materials 材料
information: info 信息 资讯
communication: communications comm telecommunication telecommunications telecom telekom 通信 通讯 电信
network: networks networking 网络
computer: computers computing 计算机 计算 电脑
software: 软件
intelligence: intelligent ai 智能
data: 数据
cloud: 云计算
system: systems sistemy sistema 系统
device: devices 器件
instrument: instruments 仪器 仪表
machine: machinery machines mach 机械
optic: optical optics optoelectronic optoelectronics photoelectric photonics 光电 光学
precision: 精密
chemical: chemicals chem 化学 化工
energy: 能源
power: 电力
science: sciences scientific nauchno 科学
research: researches issledovatelskii 研究
institute: institution inst nii institut 研究所 研究院 学院
university: univ universitet 大学
academy: 科学院
laboratory: lab labs laboratories laboratoriya 实验室
center: centre tsentr 中心
development: dev razvitie 发展 开发
design: 设计
engineering: engineers engineer inzhenernyi 工程
production: proizvodstvo 生产
product: products 产品
service: services servis 服务
solution: solutions 解决方案
trade: trading trades torgovlya torgovyi 贸易 商贸 商业
import: imports 进口
export: exports 出口
investment: investments invest 投资
finance: financial finans 金融
capital: 资本
bank: banking 银行
fund: funds 基金
asset: assets 资产
management: mgmt mgt 管理
logistics: logistic freight forwarding 物流 货运
shipping: 航运 船务
transport: transportation transports 运输
aviation: airlines airways air 航空
aerospace: space 航天 宇航
defense: defence 国防
security: securities 安全 证券
construction: stroitelstvo 建设 建筑
automation: automatic automated 自动化
automobile: automotive auto 汽车
electric: electrical elektricheskii 电气 电器
group: groups gruppa 集团
holding: holdings kholding 控股
enterprise: enterprises predpriyatie 企业
company: co kompaniya firma 公司
corporation: corp korporatsiya
factory: works plant zavod 厂 工厂
branch: filial 分公司 分行
department: 部门
store: shop 商店
supply: supplies supplier 供应
chain: 供应链
digital: 数码 数字
display: 显示
memory: storage 存储 存储器
chip: chips 芯片
new: novyi 新型
general: 总公司
state: gosudarstvennyi 国营 国有
joint: 联合
high: 高新
global: worldwide world mirovoi 全球 世界
national: natsionalnyi 国家 全国
united: union
federal: federalnyi
public:
limited: ltd
first: 第一
second: 第二
third: 第三
oil: petroleum neft 石油
gas: gaz 天然气
steel: 钢铁
metal: metals 金属
medical: medicine 医疗
bio: biotech biotechnology biological 生物
pharmaceutical: pharmaceuticals pharma 医药 制药
education: 教育
culture: cultural 文化
media: 传媒
consulting: consultant consultants consultancy 咨询
sales: sale 销售
government: govt pravitelstvo 政府
ministry: minister ministerstvo 部长
commission: 委员会
committee: council komitet 理事会
bureau: office offices agency 办事处
association: society 协会
foundation: 基金会
president: presidency
marketing: 营销
"""

_PLACES = """
china: chinese 中国 中华
beijing: 北京 北京市
shanghai: 上海 上海市
shenzhen: 深圳 深圳市
kunshan: 昆山 昆山市
changzhou: 常州 常州市
nantong: 南通 南通市
foshan: 佛山 佛山市
huizhou: 惠州 惠州市
zhongshan: 中山市
kunming: 昆明 昆明市
nanchang: 南昌 南昌市
taiyuan: 太原 太原市
guiyang: 贵阳 贵阳市
lanzhou: 兰州 兰州市
mianyang: 绵阳 绵阳市
wuhu: 芜湖 芜湖市
jiaxing: 嘉兴 嘉兴市
wenzhou: 温州 温州市
changchun: 长春 长春市
shijiazhuang: 石家庄 石家庄市
hainan: 海南 海南省
guangxi: 广西
guizhou: 贵州 贵州省
gansu: 甘肃 甘肃省
shanxi: 山西 山西省
jiangxi: 江西 江西省
qinghai: 青海
guangdong: 广东 广东省
guangzhou: 广州 广州市
tianjin: 天津 天津市
chongqing: 重庆 重庆市
hongkong: hk 香港
macau: macao 澳门
taiwan: 台湾
taipei: 台北
hangzhou: 杭州 杭州市
nanjing: 南京 南京市
wuhan: 武汉 武汉市
chengdu: 成都 成都市
xian: 西安 西安市
suzhou: 苏州 苏州市
wuxi: 无锡 无锡市
ningbo: 宁波 宁波市
xiamen: 厦门 厦门市
dongguan: 东莞 东莞市
zhuhai: 珠海 珠海市
hefei: 合肥 合肥市
jinan: 济南 济南市
qingdao: 青岛 青岛市
dalian: 大连 大连市
shenyang: 沈阳 沈阳市
harbin: 哈尔滨 哈尔滨市
changsha: 长沙 长沙市
zhengzhou: 郑州 郑州市
jiangsu: 江苏 江苏省
zhejiang: 浙江 浙江省
shandong: 山东 山东省
sichuan: 四川 四川省
hubei: 湖北 湖北省
hunan: 湖南 湖南省
fujian: 福建 福建省
anhui: 安徽 安徽省
henan: 河南 河南省
hebei: 河北 河北省
liaoning: 辽宁 辽宁省
shaanxi: 陕西 陕西省
jilin: 吉林
heilongjiang: 黑龙江
yunnan: 云南
xinjiang: 新疆
tibet: 西藏
asia: asian 亚洲 亚太
europe: european evropeiskii
america: american usa us
japan: japanese 日本
korea: korean 韩国
russia: russian rossiya rossiiskaya rossiiskii rf
moscow: moskva moskovskii
petersburg: sankt
india: indian
iran: iranian
pakistan: pakistani
turkey: turkish turkiye
singapore: 新加坡
malaysia: 马来西亚
thailand: 泰国
vietnam: 越南
dubai:
uae: emirates
germany: german deutschland 德国
france: french
britain: british uk
london:
italy: italian
canada: canadian
mexico:
africa: african
east: eastern vostok vostochnyi 东方
west: western zapad
north: northern sever
south: southern yug
pacific:
saudi: arabia arabian
kabul:
tehran:
island: islands
city: gorod 市
province: 省
district: 区
road: street avenue
"""

FILLING = frozenset(
    [
        "of",
        "and",
        "the",
        "for",
        "de",
        "la",
        "le",
        "du",
        "des",
        "von",
        "van",
        "und",
        "et",
        "y",
        "e",
        "i",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "del",
        "in",
        "at",
        "on",
        "to",
        "a",
        "an",
        "with",
        "by",
        "al",
        "el",
    ]
)
"""Words that join others; a name is read without them."""


def _table(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.strip().splitlines():
        word, _, others = line.partition(":")
        found |= dict.fromkeys((word, *others.split()), word)
    return found


STANDS_FOR = _table(_ALIKE) | _table(_PLACES)
"""Word, as people write it -> the one that stands for it."""
PLACES = frozenset(_table(_PLACES).values()) - {
    "city",
    "province",
    "district",
    "road",
    "east",
    "west",
    "north",
    "south",
}
"""Words of them that name a place."""
IN_TWO = {("hong", "kong"): "hongkong", ("united", "states"): "america", ("united", "kingdom"): "britain"}
"""Words that stand in two where one is meant."""
FORMS = frozenset(
    [
        "oao",
        "zao",
        "pao",
        "ao",
        "ooo",
        "aktsionernoe",
        "obshchestvo",
        "otkrytoe",
        "zakrytoe",
        "publichnoe",
        "ogranichennoi",
        "otvetstvennostyu",
        "joint",
        "stock",
        "open",
        "closed",
        "jsc",
        "ojsc",
        "cjsc",
        "pjsc",
        "company",
        "corporation",
        "corp",
        "incorporated",
        "inc",
        "limited",
        "ltd",
        "llc",
        "llp",
        "plc",
        "gmbh",
        "mbh",
        "ag",
        "bv",
        "nv",
        "oy",
        "spa",
        "srl",
        "sarl",
        "pte",
        "pvt",
        "pty",
        "sdn",
        "bhd",
        "kk",
        "liability",
        "gufen",
        "youxian",
        "zeren",
        "gongsi",
    ]
)
"""Words of legal forms, wherever they stand; a name is read without them where it has others."""
GENERIC = frozenset(STANDS_FOR.values())
"""Words that tell little wherever they stand."""
TRADES = frozenset(_table(_ALIKE).values())
"""Words of them that say what a firm does, or what kind of body it is."""
HAN = {word: meaning for word, meaning in STANDS_FOR.items() if word[0] > "\u2e80"}
"""Chinese words of which names are made -> the English word that stands for each."""
LONGEST_HAN = max(map(len, HAN))
