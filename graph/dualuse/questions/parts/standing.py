"""A status in a few words, of one lens or of all three, in three languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dualuse.show.words import Said, capital, find, join, same

if TYPE_CHECKING:
    from dualuse.law.status import Answer, Reading
    from dualuse.lens import Lens

_SINCE: dict[str, Said] = {
    "in-force": Said("in force since {since}", "自 {since} 起施行", "自 {since} 起施行"),
    "suspended": Said("suspended since {since}", "自 {since} 起暫停施行", "自 {since} 起暂停施行"),
    "not-enforced": Said("not enforced since {since}", "自 {since} 起不予執行", "自 {since} 起不予执行"),
    "ended": Said("ended on {since}", "已於 {since} 終止", "已于 {since} 终止"),
    "effective-not-due": Said(
        "in effect since {since}, compliance not due yet",
        "自 {since} 起生效，遵循期限未至",
        "自 {since} 起生效，合规期限未至",
    ),
}
_COMING = Said("not yet in effect, until {since}", "{since} 起方生效", "{since} 起方生效")
_BINDS_NOBODY = Said("it binds nobody by itself", "本身不具拘束力", "本身不具约束力")
_SAID = Said(
    "{status}, as officials said on {day}", "{status}（官員於 {day} 如此表示）", "{status}（官员于 {day} 如此表示）"
)
_ENFORCED = Said("enforced, as the regulator said on {day}", "主管機關於 {day} 表示執行", "主管机关于 {day} 表示执行")
_AGAIN = Said(
    "not known: by its text in force again since {since}, but {said}; {settles} would settle it",
    "不明：依其條文自 {since} 起恢復施行，但{said}；{settles}可以釐清",
    "不明：依其条文自 {since} 起恢复施行，但{said}；{settles}可以厘清",
)
_PROLONGED = Said(
    "officials said on {day} that the stay goes on",
    "官員於 {day} 稱繼續暫停",
    "官员于 {day} 称继续暂停",
)
_ACT = Said("a published act that extends or ends it", "公布的延長或終止暫停的文件", "公布的延长或终止暂停的文件")
_EITHER = Said("not known: {readings}", "不明：{readings}", "不明：{readings}")
_BEYOND = Said("not known; when the record ends, {reading}", "不明；紀錄截止時{reading}", "不明；记录截止时{reading}")
_EVERY = Said("{told}, under every lens.", "{told}（各種視角皆然）。", "{told}（各种视角皆然）。")
_ONE = Said("{lens}: {told}", "{lens}：{told}", "{lens}：{told}")
_PART = Said("{told} (but {parts})", "{told}（但 {parts}）", "{told}（但 {parts}）")
_OF_PART = Said("{part}: {told}", "{part}：{told}", "{part}：{told}")


def in_words(found: Answer) -> Said:
    """A status in a few words: since when, and of one that is not known, what it may be.

    Of a stay whose last day has passed, it says first what the text alone gives.
    """
    if found.status != "unknown":
        return _reading(found.readings[0])
    again = next((reading for reading in found.readings if reading.begun), None)
    said = [event for reading in found.readings for event in reading.events if event.announces == "suspended"]
    if again is not None and said:
        prolonged = _PROLONGED.fill(day=str(said[0].date))
        return _AGAIN.fill(since=again.begun, said=prolonged, settles=_ACT)
    readings = [_reading(reading) for reading in found.readings]
    if len(readings) == 1 and found.readings[0].status != "unknown":
        return _BEYOND.fill(reading=readings[0])
    if len(readings) == 1:
        return readings[0]
    return _EITHER.fill(readings=join(readings, between=" or ", han="，或"))


def _reading(reading: Reading) -> Said:
    if reading.nobody:
        return _BINDS_NOBODY
    status, first = find("status", reading.status) or same(reading.status), next(iter(reading.events), None)
    if first is None:
        return status
    if first.kind == "enforcement":
        return _ENFORCED.fill(day=str(first.date))
    if first.announces == reading.status and not reading.begun:
        return _SAID.fill(status=status, day=str(first.date))
    if reading.status == "not-yet" and first.kind == "effectiveness":
        return _COMING.fill(since=reading.since)
    said = _SINCE.get(reading.status)
    return status if said is None else said.fill(since=reading.since)


def told_apart(found: Mapping[Lens, Said], parts: Mapping[Lens, Sequence[tuple[str, Said]]]) -> Said:
    """One sentence that says in what the lenses differ; the first of them leads.

    Args:
        found: What each lens gives.
        parts: Provisions, with what they are, that stand elsewhere than the whole.
    """
    told = {lens: _with_parts(said, parts.get(lens, ())) for lens, said in found.items()}
    if len(set(told.values())) == 1:
        return capital(_EVERY.fill(told=next(iter(told.values()))))
    groups: dict[Said, list[Said]] = {}
    for lens, said in told.items():
        groups.setdefault(said, []).append(find("lens", lens.value) or same(lens.value))
    each = [_ONE.fill(lens=join(lenses, between=" and "), told=said) for said, lenses in groups.items()]
    end = Said(".", "。", "。")
    return capital(Said(*(f"{one}{mark}" for one, mark in zip(join(each, between="; ", han="；"), end, strict=True))))


def _with_parts(said: Said, parts: Sequence[tuple[str, Said]]) -> Said:
    if not parts:
        return said
    groups: dict[Said, list[Said]] = {}
    for part, told in parts:
        groups.setdefault(told, []).append(same(part))
    listed = [_OF_PART.fill(part=join(names, between=" and "), told=told) for told, names in groups.items()]
    return _PART.fill(told=said, parts=join(listed, between="; ", han="；"))
