"""Words by which languages that are none of ours are told, folded; picked by hand among their commonest."""

from __future__ import annotations

_CLEAR = """
ist nicht sehr auch wir aber auf eine einen einem einer kein keine keinen wieder schlecht schlechte schlechter
schlechtes schlechten schlechteste lecker leckere freundlich unfreundlich freundliche unfreundliche unfreundlichen
immer nichts niemand zum wurde wurden habe haben hatte hatten konnte unser unsere unseren ihre ihren warum jetzt heute
gestern leider teuer kaputt enttauscht schrecklich furchtbar schlimm schmeckt schmeckte geschmeckt bedienung lieferung
bestellung bestellt zuruck warten gewartet ohne beim weil dass wenn mehr viel steinhart trocken empfehlen
empfehlenswert empfehlung ekelhaft frech versalzen bekommen gekauft angekommen verkauferin geoffnet schon sind wird
keiner uberhaupt ganz nach zwei drei vous une mais nous avec dans cette ete sont etait etaient jamais rien toujours
aussi mauvais mauvaise bonne decu decue decus accueil nulle degueulasse froid froide chaud attente serveuse commande
livraison colis vraiment chez cest netait dun dune quil quils jours semaine semaines heure heures argent remboursement
deconseille fuyez eviter suis etes sommes avons avez avait peut votre leur leurs mes rassis recu sest encore personnes
muy pero estaba estaban nadie siempre unos comida servicio atencion pesimo pesima asco sucio sucia recomiendo
recomendable dinero pedido llego llegaron horas dias semanas desde donde cuando porque quien ningun ninguna fueron
estoy hemos tengo tiene tienen peor mejor vuelvo volvere volver aqui ahora ayer jamas nunca todos tambien despues
caliente cerrado molto della delle degli anche questo questa questi stato gli sono piu freddo fredda servizio cibo
sporco scortese scortesi maleducato maleducati attesa soldi rimborso sconsiglio sconsigliato consigliato tornero
torneremo abbiamo erano nessuno sempre perche quando siamo prezzo prezzi troppo peggio peggiore vergogna schifo deluso
delusa delusi delusione qualita pessimo pessima cattivo buonissimo nao muito muita ruim atendimento obrigado obrigada
demora demorou pao estava estavam voce voces recomendo produto entrega chegou veio dinheiro reembolso melhor isso
ainda pessimos otimo otima een zijn maar voor ook nooit slecht slechte goed goede lekkere vies vieze brood koud wij
jullie naar geen niets altijd bestelling levering klantenservice personeel wachten terug aanrader onvriendelijk
vriendelijk bedankt jsem jsme jste jsou neni velmi ktere ktery ktera taky hrozne hrozna hrozny hruza spatne spatna
spatny desne skvele skvela skvely dekuji dekuju diky nikdy nikdo jidlo studene studeny tvrdy tvrde drahe obsluha
neprijemna neprijemny prijemna zbozi zasilka objednavka penize reklamace vraceni cekali cekal cekala pozde
nedoporucuji nedoporucuju doporucuji doporucuju priste kdyz protoze tady tento zklamani zklamana zklamany otresne
otrasne priserne priserna strasne vubec dakujem chlieb neodporucam odporucam vobec cakali cakal cakala peniaze
zasielka neochotny neochotna hogy nagyon egy nincs csak rossz szornyu borzalmas soha tobbet kenyer kiszolgalas
koszonom nekem vagyok voltam voltunk kaptam rendeles rendeltem penzt hideg ajanlom senki semmi mindig foarte sunt
painea proasta proaste multumesc niciodata recomand mancare mancarea servirea banii pentru prea oribil groaznic
dezamagit dezamagita livrare livrarea nimeni nimic decat cok degil icin guzel berbat tesekkurler tesekkur siparis
geldi gelmedi hizmet urun tavsiye etmem etmiyorum rezalet gibi kadar lezzetli soguk pahali bayat ikke inte jeg mycket
meget veldig dalig daligt darlig darlige darligt aldrig aldri godt brodet maten kundservice kundeservice personalen
personalet dyrt kallt kaldt koldt ingen ingenting svarar svarer pengar penger tillbaka tilbake tilbage havde hadde
hade hyva huono huonoa erittain todella koskaan palvelu leipa kiitos ruoka mutta enaa kylma halb aitah teenindus labai
blogai aptarnavimas duona aciu yra buvo niekada nerekomenduoju rekomenduoju puiku neskanu siaubinga siaubingas
siaubingai niekas laukiau pinigai pinigus preke siunta nera sveiki slikti slikta slikts paldies nekad apkalposana nije
vrlo hvala nikad nikada nisam zelo preporucujem ljubazni ljubazno neljubazni neljubazno unfreundliches frechheit
enttauschend ungeniessbar nedoporucujeme bayatti desagreable fria frias
"""
CLEAR = frozenset(_CLEAR.split())
"""Words each of which tells by itself, where none of ours stands beside it."""

_WEAK = """
der die das mit von des den war waren fur ein zur durch gut gute guter gutes mir ihr danke bitte brot kuchen geld nett
hier kam kommt niemals wann le la et etre au aux du cet ces elle ils bon bien trop tout que qui sans merci beaucoup
notre mon nul cher deja jour el los por esta este estan nada mas menos todo bueno buena gracias duro frio caro rico
hasta fue eran como del lo es mal hoy il che dei ottimo ottima buono buona mai grazie caldo pane lento ho era niente
tutto dove posto poco bene stanno bom boa foi mau esse het ik meer lekker duur bij deze dit erg zeer wel uz jen jeste
kde si ve som sme ste lebo iba bolo ako volt meg jo mert itt ez finom prost rau buna bani mult fost bir hic yok var
daha asla ekmek och det att jag takk gott brod igen og eller har ei oli olen kad ir tik labi nav loti kruh smo skupo
pas heel pour les dem doch noch nem nebo prosim una uma uns kotu stata mich niet jai nai werd und gegen tres
"""
WEAK = frozenset(_WEAK.split())
"""Words two of which tell: names have them too, or we take them as they are («gracias», «lekker»)."""

_LOANS = "creme brulee naive facade uber jalapeno pinata entree pate voila chateau fete senor a la doppelganger"
LOANS = frozenset(_LOANS.split())
"""Words with foreign letters that are ours by now."""

_SHARED = """
of to is in it for was be me i an at by or can so on as had do we her has my w z na jak co po od za ale tak o u ze nas
nam bez nad pod ma te ten ta nic mi ja nie ich byl byla bylo byly sa pan pani pana dobry roku sie mam v ne s a no iz k
ot vi bi vse ni vam vas net mne on
"""
SHARED = frozenset(_SHARED.split())
"""Common words of ours, in the form in which languages are guessed, that are as common elsewhere."""

_CYRILLIC = """
дуже поганий погана погане погано поганого що чому немає немае ще вже також щоб якщо від мені нічого ніхто треба
гарний гарна смачно смачна смачний смачні замовлення замовив замовила гроші поверніть жах жахливо жахливий
жахлива жахливе хліб сервіс якість обслуговування ніколи раджу сьогодні вчора тиждень тижні чекаю відповідає
відповіді допоможіть ласка дякую дякуємо працює працюють прийшла прийшло зателефонувати магазині зіпсований більше
вельмі дрэнна кепска гэта няма дзякуй беше бяха няма съм това което лошо лоша лош моля нищо никога отново обслужване
хляб није лоше врло
"""
CYRILLIC = frozenset(_CYRILLIC.split())
"""Words of neighbours who write with Cyrillic letters, in small letters, that are no Russian ones."""

_RUSSIAN = """
и что как это но из мне меня все еще ещё нет был очень когда где только если чтобы при есть почему или он она они
сегодня вчера тоже вот больше никогда хорошо плохо спасибо работает работают обслуживание заказ доставка доставили
посылка деньги вкусно нельзя ничего никто нужно опять
"""
RUSSIAN = frozenset(_RUSSIAN.split())
"""Common Russian words that these neighbours write differently, in small letters."""
