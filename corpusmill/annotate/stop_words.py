"""The commonest function words of languages, for the stop-word signal.

Short lists written for this project: articles, pronouns, prepositions, conjunctions and
auxiliaries that any page of prose uses.  Languages that join such words to others (Korean,
Finnish, Turkish, Hungarian) have no list, because its absence would tell nothing.
"""

from __future__ import annotations

STOP_WORDS = {
    code: frozenset(words.casefold().split())
    for code, words in {
        "en": "the a an and or but of to in on at for from with by as is are was were be been has"
        " have had that this these those it its he she they we you not which who will would can",
        "vi": "và của là có được cho trong các những một này đó với để không người đã đang sẽ từ"
        " tại khi như về ra vào lên đến theo bị cũng nhưng hay hoặc nên ở trên",
        "zh": "的 了 在 是 和 与 有 不 也 都 就 对 为 以 及 或 而 但 这 那 我 他 她 們 们 你"
        " 将 被 把 从 到 于 中 上 與 對 為 這 將 從 於 一个 我们",
        "ja": "の は が を に で と も へ や から まで より など た て し する いる ある れ"
        " その この です ます ない",
        "ru": "и в на не что с по к у о из за от для как это но а или при же бы так был была были"
        " его её их он она они мы вы который которые до",
        "uk": "і й в у на не що з до по за від для як це але а або при же би так був була були"
        " його її їх він вона вони ми ви який які про",
        "bg": "и в на не че с по към у за от да как това но а или при се е са беше той тя те ние",
        "de": "der die das und oder aber in im an am auf für von zu zum zur mit bei aus nach ist"
        " sind war waren wird werden hat haben nicht ein eine einen dem den des er sie es wir ich"
        " als auch dass sich",
        "fr": "le la les un une des de du et ou mais à au aux en dans par pour sur avec est sont"
        " était a ont que qui ne pas ce cette ces il elle ils nous vous se son sa ses plus",
        "es": "el la los las un una de del y o pero a al en por para con sin sobre es son era fue"
        " ha han que se no lo su sus este esta como más entre",
        "pt": "o a os as um uma de do da dos das e ou mas em no na nos nas por para com sem sobre é"
        " são era foi que se não seu sua como mais ao à",
        "it": "il lo la i gli le un una di del della dei e o ma a al alla in nel nella da dal per"
        " con su è sono era ha hanno che si non come più",
        "nl": "de het een en of maar in op aan van voor met bij uit naar is zijn was waren wordt"
        " heeft hebben niet dat die dit deze hij zij ze we ik er ook als",
        "pl": "i w na z do o od po za dla przez przy jak że to nie się jest są był była było lub"
        " oraz ale a który która które jego jej ich tym tego",
        "cs": "a v na z do o od po za pro s u k jak že to ne se je jsou byl byla bylo nebo ale i"
        " který která které jeho její jejich tím",
        "sv": "och i på av för till med från är var som att det den de en ett har hade inte om vid"
        " han hon vi ni jag men eller också",
        "da": "og i på af for til med fra er var som at det den de en et har havde ikke om ved han"
        " hun vi men eller også",
        "no": "og i på av for til med fra er var som at det den de en et har hadde ikke om ved han"
        " hun vi men eller også",
        "id": "yang dan di ke dari untuk dengan pada ini itu adalah tidak akan oleh sebagai juga"
        " dalam atau telah sudah bisa karena para mereka ia kami kita lebih",
        "ms": "yang dan di ke dari untuk dengan pada ini itu adalah tidak akan oleh sebagai juga"
        " dalam atau telah sudah boleh kerana para mereka ia kami kita lebih daripada",
        "el": "ο η το οι τα τον την του της των και ή αλλά σε στο στη στην στον από για με που ότι"
        " να θα δεν είναι ήταν έχει έχουν ένα μια",
        "ro": "și sau dar în la de din pe cu pentru este sunt era a au că care nu se o un cel mai"
        " prin ale lui",
        "ar": "في من على إلى عن مع أن إن كان كانت هذا هذه ذلك التي الذي لا لم ما هو هي و أو"
        " ثم قد بعد",
        "fa": "و در به از که این آن را با است برای بود شد می هم یا تا اما بر خود",
        "he": "של את על אל עם לא זה זו הוא היא הם אני כי גם או אבל אם כל יש אין היה",
        "hi": "के का की में से को है हैं और पर यह वह ने कि नहीं था थी थे एक इस भी लिए तो या",
        "th": "ที่ และ ใน ของ เป็น มี ได้ ไม่ จะ ให้ กับ จาก นี้ ว่า การ ก็ แต่ หรือ โดย เพื่อ",
    }.items()
}
"""Casefolded function words by ISO 639-1 code."""
