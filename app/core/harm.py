"""Whether somebody may come to harm: what a complaint is about, or plain words of an injury, an illness or a danger."""

from __future__ import annotations

import re

from app.core.text import composed, fold
from app.core.verdict import Cause, Severity, Verdict

_HARM = re.compile(
    r"""\b(?:
    poison\w*|(?:got|made\ (?:me|us|him|her|them)|were|was|fell)\ (?:so\ |very\ |violently\ )?(?:sick|ill)|vomit\w*|threw\ up|throwing\ up
    |hospital\w*|ambulance\w*|allergic|anaphyla\w*|injur\w+|wound(?:s|ed)?|bleed\w*|blood\w*|stitches|fractur\w*|concuss\w*|unconscious
    |burn(?:t|ed|s|ing)|scald\w*|blister\w*|fire|smoke|smok(?:ed|ing)|explo[ds]\w*|electrocut\w*|electric\ shock|gas\ leak\w*|carbon\ monoxide
    |chok(?:ed|ing)|drown\w*|collaps\w*|broken\ (?:glass|arm|leg|rib|ribs|bone|tooth|nose|wrist|ankle)|glass\ in|metal\ in|plastic\ in|shards?
    |(?:rats?|mouse|mice|maggots?|cockroach\w*)|danger\w*|unsafe|not\ safe|hazard\w*|hurt\w*|harm(?:ed|ful)?|nearly\ (?:died|killed)
    |could\ have\ (?:died|killed|been\ killed)|died|dead|death\w*|brakes?|pregnan\w+|vertebra\w*|melt(?:ed|ing|s)|operated\ on|surgery|intensive\ care|salmonell\w*|toxic\w*|mou?ld\w*|infect\w+|tripped|slipped|attack\w*|assault\w*|bit(?:ten)?\ (?:me|my|us)
    |zatru\w*|otru\w*|struc\w*|strul\w*|truci\w*|wymiot\w*|biegunk\w*|rozwolnien\w*|szpital\w*|sorz?e?|karetk\w*|pogotowi\w*|alergi\w*|uczuleni\w*|wysypk\w*
    |oparz\w*|poparz\w*|wrzat\w+|skalecz\w*|zrani\w*|ranny|ranna|obrazeni\w*|krwi?|krwa\w+|krwo\w+|szw(?:y|ow|ami)|zlama\w+|zwichn\w*|wstrzas\w*
    |poraz\w*|zapali\w*|pozar\w*|dym(?:i\w*|u)?|wybuch\w*|eksplo\w*|czad\w*|gaz(?:u|em)?|ulatnia\w*|zadlaw\w*|zakrztus\w*|uton\w*|topi\w*\ sie
    |szkl(?:o|a|em)|odlam\w*|niebezp\w*|zagraz\w*|zagroz\w*|zgin\w*|umarl\w*|zmarl\w*|o\ malo|hamul\w*|ciaz\w*|plesn\w*|zakazeni\w*|zarazi\w*
    |mysz\w*|szczur\w*|robak\w*|larw\w*|karaluch\w*|pobi\w+|ugryz\w*|przewroc\w*|poslizg\w*|uderzy\w*|przygni\w*|zmiazd\w*
    |отрав\w*|траванул\w*|рвот\w*|рвало|вырвало|понос\w*|диаре\w*|больниц\w*|скор(?:ую|ая|ой)|аллерг\w*|сып[ьи]ю?|ожог\w*|обжег\w*|обжиг\w*|обожг\w*|ошпар\w*|кипят\w*
    |порез\w*|поран\w*|травм\w*|кров\w*|швы|швов|перелом\w*|сломал\w*\ (?:рук|ног|зуб|реб)\w*|сотряс\w*|сознани\w*|током|загор\w*|пожар\w*|дым\w*|взорв\w*|взрыв\w*|газ(?:а|ом)?|угар\w*
    |подав\w*|захлеб\w*|утон\w*|тонул\w*|стекл\w*|осколк\w*|осколок|опасн\w*|угроз\w*|вред\w*|погиб\w*|умер\w*|смерт\w*|чуть\ не|тормоз\w*|беремен\w*|плесен\w*|зараз\w*|инфекц\w*
    |мыш[ьи]\w*|крыс\w*|черв\w*|личин\w*|таракан\w*|избил\w*|ударил\w*|укус\w*|упал\w*|поскользн\w*|температур\w*
    )\b""",
    re.VERBOSE,
)
"""In lower case without diacritics. Wide on purpose: a word too many shows the plan for danger once more, one too few hides it."""


def endangers(verdict: Verdict, text: str) -> bool:
    """Say whether a text judged to be as bad as danger tells of one: a threat with law or the press is as bad, and harms nobody."""
    if verdict.severity is not Severity.DANGER:
        return False
    return verdict.cause is Cause.SAFETY or _HARM.search(fold(composed(text))) is not None
